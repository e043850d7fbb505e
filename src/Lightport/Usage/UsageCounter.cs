using Lightport.Conversation;
using Lightport.Storage;

namespace Lightport.Usage;

/// <summary>One row of usage as it grows.</summary>
internal sealed class UsageCounter(UsageRow empty)
{
    private readonly Lock _lock = new();
    private UsageRow _row = empty;
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

    public void Add(UsageRecord record)
    {
        TokenUsage usage = record.Usage ?? None;
        lock (_lock)
        {
            _dirty = true;
            _row = _row with
            {
                Requests = _row.Requests + 1,
                Errors = _row.Errors + (record.Status >= 400 || record.Error is not null ? 1 : 0),
                Estimated = _row.Estimated + (usage.Estimated ? 1 : 0),
                Input = _row.Input + usage.Input,
                CacheRead = _row.CacheRead + usage.CacheRead,
                CacheWrite = _row.CacheWrite + usage.CacheWrite,
                CacheWriteLong = _row.CacheWriteLong + usage.CacheWriteLong,
                InputAudio = _row.InputAudio + usage.InputAudio,
                Output = _row.Output + usage.Output,
                Reasoning = _row.Reasoning + usage.Reasoning,
                OutputAudio = _row.OutputAudio + usage.OutputAudio,
                WebSearches = _row.WebSearches + usage.WebSearches,
            };
        }
    }

    /// <summary>The row as it is now, if it is not yet written so.</summary>
    public UsageRow? Take()
    {
        lock (_lock)
        {
            bool dirty = _dirty;
            _dirty = false;
            return dirty ? _row : null;
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

    private static TokenUsage None { get; } = new();
}
