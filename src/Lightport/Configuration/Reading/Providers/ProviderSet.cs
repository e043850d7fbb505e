using Lightport.Routing;

namespace Lightport.Configuration.Reading;

/// <summary>The providers of one document.</summary>
/// <param name="InOrder">Those that are whole.</param>
/// <param name="Declared">All names under <c>providers</c>, so that a broken one is not also reported as
/// missing.</param>
internal sealed record ProviderSet(IReadOnlyList<ConfiguredProvider> InOrder, IReadOnlySet<string> Declared)
{
    public IReadOnlyDictionary<string, ConfiguredProvider> ByName { get; } =
        InOrder.ToDictionary(provider => provider.Name, StringComparer.Ordinal);
}
