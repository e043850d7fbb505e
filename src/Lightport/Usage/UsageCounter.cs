using Lightport.Conversation;
using Lightport.Storage;

namespace Lightport.Usage;

/// <summary>One row of usage as it grows.</summary>
internal sealed class UsageCounter(UsageRow empty)
{
    private static readonly TokenUsage None = new();

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

    /// <summary>One more request.</summary>
    public void Add(UsageRecord record) => Add(1, record.Failed ? 1 : 0, record.Usage ?? None);

    /// <summary>What an attempt used that came to nothing; its request is counted where it ended.</summary>
    public void Add(TokenUsage lost) => Add(0, 0, lost);

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

    private void Add(int requests, int errors, TokenUsage usage)
    {
        lock (_lock)
        {
            _dirty = true;
            _row = _row with
            {
                Requests = _row.Requests + requests,
                Errors = _row.Errors + errors,
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
}
