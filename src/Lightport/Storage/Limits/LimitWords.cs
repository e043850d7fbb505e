using System.Globalization;

namespace Lightport.Storage;

/// <summary>The words and bounds of <see cref="LimitAmounts"/>, wherever they are written.</summary>
internal static class LimitWords
{
    /// <summary>More is a slip of the unit.</summary>
    public const long MostCount = 1_000_000_000_000;

    /// <summary>In US dollars; what is above it is a slip, and would not fit a counter.</summary>
    public const decimal MostUsd = 1_000_000_000m;

    /// <summary>In US dollars: a thousand times what counters count in.</summary>
    public const decimal LeastUsd = 0.000_001m;

    public static IReadOnlyDictionary<string, BudgetPeriod> Periods { get; } =
        new Dictionary<string, BudgetPeriod>(StringComparer.Ordinal)
        {
            ["day"] = BudgetPeriod.Day,
            ["month"] = BudgetPeriod.Month,
            ["ever"] = BudgetPeriod.Ever,
        };

    /// <summary>What is wrong with a count as a limit; null where nothing is.</summary>
    public static string? Complaint(long? count) => count is >= 1 and <= MostCount
        ? null
        : string.Create(CultureInfo.InvariantCulture, $"must be a whole number from 1 to {MostCount}");

    /// <summary>What is wrong with a sum as a budget; null where nothing is.</summary>
    public static string? Complaint(decimal? usd) => usd is >= LeastUsd and <= MostUsd
        ? null
        : string.Create(
            CultureInfo.InvariantCulture, $"must be US dollars from {LeastUsd} to {MostUsd}, as in 5 or 0.50");

    /// <summary>What is wrong with amounts that somebody may have changed by hand; null where nothing is.</summary>
    public static string? Complaint(LimitAmounts amounts) =>
        Of("requests a minute", amounts.RequestsPerMinute)
        ?? Of("tokens a minute", amounts.TokensPerMinute)
        ?? Of("concurrent requests", amounts.Concurrent)
        ?? amounts.Budgets.Select(budget => Complaint(budget.Usd)).FirstOrDefault(complaint => complaint is not null);

    public static string WordOf(BudgetPeriod period) => period switch
    {
        BudgetPeriod.Day => "day",
        BudgetPeriod.Month => "month",
        _ => "ever",
    };

    private static string? Of(string what, long? count) =>
        count is null || Complaint(count) is not { } complaint ? null : $"{what} {complaint}";
}
