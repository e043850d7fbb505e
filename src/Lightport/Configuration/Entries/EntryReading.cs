using System.Diagnostics.CodeAnalysis;
using Lightport.Storage;

namespace Lightport.Configuration.Entries;

/// <summary>What could be made of a version's entries.</summary>
/// <param name="Configuration">Null where no part of them can be served.</param>
/// <param name="Accepted">The entries that it is made of.</param>
/// <param name="Problems">The entries that were left out or kept as they were before, and why.</param>
internal sealed record EntryReading(
    GatewayConfiguration? Configuration,
    IReadOnlyList<ConfigurationEntry> Accepted,
    IReadOnlyList<string> Problems)
{
    [MemberNotNullWhen(true, nameof(Configuration))]
    public bool Usable => Configuration is not null;
}
