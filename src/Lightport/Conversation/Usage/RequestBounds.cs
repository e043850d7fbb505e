namespace Lightport.Conversation;

/// <summary>What a request says of how much there can be of its answer, and of the work for it.</summary>
public readonly record struct RequestBounds
{
    /// <summary>The field that says the most tokens of an answer, by the names that lead to it; null where the
    /// operation has none.</summary>
    public string? OutputField { get; init; }

    /// <summary>The most tokens of each answer, whichever of several fields says more; null where none does.</summary>
    public long? OutputTokens { get; init; }

    /// <summary>How many answers are asked for; null is one.</summary>
    public long? Answers { get; init; }

    /// <summary>The provider may run tools itself: it searches, runs code, and reads what comes of it.</summary>
    public bool RunsTools { get; init; }

    /// <summary>How often at most it may run them, all together; null where that is not said.</summary>
    public long? ToolRuns { get; init; }

    /// <summary>What a client of this operation says to bound that, in words; null where it cannot.</summary>
    public string? ToolRunsField { get; init; }

    /// <summary>Runs of its tools may be billed as searches, beside their tokens.</summary>
    public bool BillsSearches { get; init; }

    /// <summary>Some of its prompt is kept by the provider's account, and only named here.</summary>
    public bool IsKept { get; init; }

    /// <summary>Why nothing bounds the request, as a sentence that says what to write; null where something does.
    /// </summary>
    public string? Unbounded { get; init; }
}
