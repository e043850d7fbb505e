namespace Lightport.Storage;

/// <summary>
/// What was taken of a limit at one place, or, where many instances may ask of it at once, of one part of the limit.
/// </summary>
/// <param name="Number">From 0 up to, and not with, <see cref="MostRows"/>.</param>
public sealed record LimitRow(int Number)
{
    /// <summary>How many rows a place has at most.</summary>
    public const int MostRows = 16;

    /// <summary>In the counter's unit; below zero where more was given back here than was taken.</summary>
    public long Taken { get; init; }

    /// <summary>What is taken as long as its holder says so; empty where what was taken stays so.</summary>
    public IReadOnlyList<LimitLease> Leases { get; init; } = [];

    /// <summary>
    /// Who wrote this state of the row, and in which of his writings: whoever did not hear what became of one of his
    /// own finds it by that. Null where it is not known.
    /// </summary>
    public string? Writer { get; init; }

    /// <summary>Which state of the row this is, for whoever writes the next; null where there is no row yet.</summary>
    public string? Mark { get; init; }
}
