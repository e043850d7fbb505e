using Lightport.Storage;

namespace Lightport.Limits.Leases;

/// <summary>What the store gave.</summary>
/// <param name="Left">What others may still take, as far as was seen.</param>
internal readonly record struct LeaseTake(long Amount, long Left)
{
    /// <summary>The rows as they were where less was left than is of use; null else.</summary>
    public LimitReading? Short { get; init; }

    /// <summary>Others were faster each time: whether there is more, nobody has seen.</summary>
    public bool IsUndecided { get; init; }
}
