namespace Lightport.Storage;

/// <summary>
/// A part of what was taken at one place. The first row, of number 0, stands for the whole limit; the others, which
/// there are where many instances contend, for what was moved to them out of it.
/// </summary>
/// <param name="Number">From 0 up to, and not with, <see cref="MostRows"/>.</param>
public sealed record LimitRow(int Number)
{
    /// <summary>How many rows a place has at most.</summary>
    public const int MostRows = 32;

    /// <summary>In the counter's unit; below zero where more was moved here than was taken.</summary>
    public long Taken { get; init; }

    /// <summary>What is taken as long as its holder says so; empty where what was taken stays so.</summary>
    public IReadOnlyList<LimitLease> Leases { get; init; } = [];

    /// <summary>Which state of the row this is, for whoever writes the next; null where there is no row yet.</summary>
    public string? Mark { get; init; }
}
