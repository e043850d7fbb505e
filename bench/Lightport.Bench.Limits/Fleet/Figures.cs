namespace Lightport.Bench.Limits.Fleet;

/// <summary>What came of a run.</summary>
internal sealed record Figures
{
    public required int Asked { get; init; }

    public required int LetIn { get; init; }

    public required int Refused { get; init; }

    /// <summary>Refused because nobody could say how much was left.</summary>
    public required int Unknown { get; init; }

    /// <summary>The most that was used of the limit in any window, or at any time; 1 is all of it.</summary>
    public required double MostUsed { get; init; }

    /// <summary>
    /// The most of the limit that was left in any whole window in which somebody was refused, in the counter's unit;
    /// null where there is no such window.
    /// </summary>
    public required long? MostUnused { get; init; }

    /// <summary>Of the store, by one instance in one second: of all on the average.</summary>
    public required double MeanOperations { get; init; }

    /// <summary>Of the instance and minute that had the most.</summary>
    public required double MostOperations { get; init; }

    public required TimeSpan Wait99 { get; init; }

    public required TimeSpan LongestWait { get; init; }

    /// <summary>The part of those let in that did not wait at all.</summary>
    public required double AtOnce { get; init; }

    public required int Throttled { get; init; }

    public required int Conflicts { get; init; }

    /// <summary>What the ledgers that live say is held when all has ended.</summary>
    public required long HeldAtRest { get; init; }
}
