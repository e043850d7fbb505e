using Lightport.Storage;

namespace Lightport.Management;

/// <summary>What rows of usage add up to.</summary>
internal sealed class UsageTally
{
    /// <summary>A report over years may have met every price that there was.</summary>
    private const int MostVersions = 20;

    private const decimal NanosInADollar = 1_000_000_000m;

    private readonly UsageSums _sums = new();
    private readonly SortedSet<string> _versions = new(StringComparer.Ordinal);

    /// <summary>What rows are ordered by: the tokens that were used.</summary>
    public long Tokens =>
        this[UsageMeasure.Input] + this[UsageMeasure.CacheRead] + CacheWrite + this[UsageMeasure.Output]
        + this[UsageMeasure.Reasoning];

    private long CacheWrite => this[UsageMeasure.CacheWrite] + this[UsageMeasure.CacheWriteLong];

    private long this[UsageMeasure measure] => _sums[measure];

    public void Add(UsageRow row)
    {
        _sums.Add(row.Sums);
        foreach (Range range in row.PriceVersions.AsSpan().Split(", "))
        {
            if (_versions.Count < MostVersions && row.PriceVersions[range] is { Length: > 0 } version)
            {
                _versions.Add(version);
            }
        }
    }

    /// <summary>The sums, without what they are of.</summary>
    public UsageAnswer.Row ToRow() => new()
    {
        Requests = this[UsageMeasure.Requests],
        Errors = this[UsageMeasure.Errors],
        Estimated = this[UsageMeasure.Estimated],
        Input = this[UsageMeasure.Input],
        CacheRead = this[UsageMeasure.CacheRead],
        CacheWrite = CacheWrite,
        InputAudio = this[UsageMeasure.InputAudio],
        Output = this[UsageMeasure.Output],
        Reasoning = this[UsageMeasure.Reasoning],
        OutputAudio = this[UsageMeasure.OutputAudio],
        WebSearches = this[UsageMeasure.WebSearches],
        FailedAttempts = this[UsageMeasure.FailedAttempts],
        Unpriced = this[UsageMeasure.Unpriced],
        CostUsd = Dollars(UsageMeasure.Cost),
        InputCostUsd = Dollars(UsageMeasure.InputCost),
        OutputCostUsd = Dollars(UsageMeasure.OutputCost),
        ToolCostUsd = Dollars(UsageMeasure.ToolCost),
        LostCostUsd = Dollars(UsageMeasure.LostCost),
        EstimatedCostUsd = Dollars(UsageMeasure.EstimatedCost),
        PriceVersions = [.. _versions],
        FirstByteMs = PercentilesOf(_sums.FirstByte),
        DurationMs = PercentilesOf(_sums.Duration),
    };

    private decimal Dollars(UsageMeasure measure) => this[measure] / NanosInADollar;

    private static UsageAnswer.Percentiles? PercentilesOf(LatencyHistogram times) => times.Count == 0
        ? null
        : new(Milliseconds(times, 0.5), Milliseconds(times, 0.9), Milliseconds(times, 0.99));

    private static long Milliseconds(LatencyHistogram times, double share) =>
        (long)Math.Round(times.Percentile(share)!.Value.TotalMilliseconds);
}
