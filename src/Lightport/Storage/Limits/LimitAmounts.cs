namespace Lightport.Storage;

/// <summary>How much may be used, in each measure that is said; null sets no limit.</summary>
public sealed record LimitAmounts
{
    /// <summary>No limit at all.</summary>
    public static LimitAmounts None { get; } = new();

    public long? RequestsPerMinute { get; init; }

    /// <summary>Of prompts and answers together.</summary>
    public long? TokensPerMinute { get; init; }

    /// <summary>Requests that run at the same time.</summary>
    public long? Concurrent { get; init; }

    /// <summary>At most one for each period.</summary>
    public IReadOnlyList<BudgetAmount> Budgets { get; init; } = [];

    /// <summary>It limits nothing.</summary>
    internal bool IsEmpty =>
        RequestsPerMinute is null && TokensPerMinute is null && Concurrent is null && Budgets.Count == 0;
}
