using Lightport.Conversation;
using Lightport.Prices;
using Lightport.Storage;

namespace Lightport.Usage;

/// <summary>One row of usage as it grows.</summary>
/// <param name="empty">Whose row it is; its sums are the counter's from here on.</param>
internal sealed class UsageCounter(UsageRow empty)
{
    private const decimal NanosInADollar = 1_000_000_000m;

    /// <summary>In UTF-16 units: prices that change every minute are none that a row can name.</summary>
    private const int LongestVersions = 200;

    private readonly Lock _lock = new();
    private readonly UsageSums _sums = empty.Sums;
    private string _versions = "";
    private bool _dirty;

    public DateTimeOffset Hour { get; } = empty.Hour;

    public bool Dirty
    {
        get
        {
            lock (_lock)
            {
                return _dirty;
            }
        }
    }

    /// <summary>One more request.</summary>
    public void Add(UsageRecord record)
    {
        lock (_lock)
        {
            _dirty = true;
            _sums.Add(UsageMeasure.Requests, 1);
            _sums.Add(UsageMeasure.Errors, record.Failed ? 1 : 0);
            if (record is { Failed: false, Canceled: false })
            {
                _sums.Duration.Add(record.Duration);
                if (record.FirstByte is { } firstByte)
                {
                    _sums.FirstByte.Add(firstByte);
                }
            }

            Use_NeedsLock(record.Usage, record.Cost);
            long runs = Nanos(record.Runs.Dollars);
            _sums.Add(UsageMeasure.Cost, runs);
            _sums.Add(UsageMeasure.ToolCost, runs);
        }
    }

    /// <summary>An attempt that came to nothing; its request is counted where it ended.</summary>
    public void AddFailed(RecordedAttempt attempt)
    {
        lock (_lock)
        {
            _dirty = true;
            _sums.Add(UsageMeasure.FailedAttempts, 1);
            _sums.Add(UsageMeasure.LostCost, Use_NeedsLock(attempt.Usage, attempt.Cost));
        }
    }

    /// <summary>An attempt whose answer went into its request's, which is counted where it ended.</summary>
    public void AddRound(RecordedAttempt attempt)
    {
        lock (_lock)
        {
            _dirty = true;
            Use_NeedsLock(attempt.Usage, attempt.Cost);
        }
    }

    /// <summary>The row as it is now, if it is not yet written so.</summary>
    public UsageRow? Take()
    {
        lock (_lock)
        {
            bool dirty = _dirty;
            _dirty = false;
            return dirty ? empty with { Sums = _sums.Copy(), PriceVersions = _versions } : null;
        }
    }

    /// <summary>What was taken could not be written.</summary>
    public void PutBack()
    {
        lock (_lock)
        {
            _dirty = true;
        }
    }

    /// <returns>What it cost, in billionths of a dollar; 0 where that is unknown.</returns>
    private long Use_NeedsLock(TokenUsage? usage, Cost? cost)
    {
        if (usage is null)
        {
            return 0;
        }

        _sums.Add(UsageMeasure.Estimated, usage.Estimated ? 1 : 0);
        _sums.Add(UsageMeasure.Input, usage.Input);
        _sums.Add(UsageMeasure.CacheRead, usage.CacheRead);
        _sums.Add(UsageMeasure.CacheWrite, usage.CacheWrite);
        _sums.Add(UsageMeasure.CacheWriteLong, usage.CacheWriteLong);
        _sums.Add(UsageMeasure.InputAudio, usage.InputAudio);
        _sums.Add(UsageMeasure.Output, usage.Output);
        _sums.Add(UsageMeasure.Reasoning, usage.Reasoning);
        _sums.Add(UsageMeasure.OutputAudio, usage.OutputAudio);
        _sums.Add(UsageMeasure.WebSearches, usage.WebSearches);
        if (cost is not { IsKnown: true } known)
        {
            _sums.Add(UsageMeasure.Unpriced, cost is null ? 0 : 1);
            return 0;
        }

        long nanos = Nanos(known.Dollars.Value);
        _sums.Add(UsageMeasure.Cost, nanos);
        _sums.Add(UsageMeasure.InputCost, Nanos(known.Prompt));
        _sums.Add(UsageMeasure.OutputCost, Nanos(known.Completion));
        _sums.Add(UsageMeasure.EstimatedCost, usage.Estimated ? nanos : 0);
        Note_NeedsLock(known.Version);
        return nanos;
    }

    private void Note_NeedsLock(string? version)
    {
        if (version is not null
            && !_versions.Contains(version, StringComparison.Ordinal)
            && _versions.Length + version.Length <= LongestVersions)
        {
            _versions = _versions.Length == 0 ? version : $"{_versions}, {version}";
        }
    }

    private static long Nanos(decimal dollars) =>
        dollars < long.MaxValue / NanosInADollar ? (long)decimal.Round(dollars * NanosInADollar) : long.MaxValue;
}
