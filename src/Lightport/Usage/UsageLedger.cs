using Lightport.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lightport.Usage;

/// <summary>
/// Adds up what each key uses of each model in each hour, and writes what has changed every 5 s (or as much later as
/// the store asks for), at the first word of a stop and at its end. Its rows are this process's own and are written
/// whole, so nothing contends and nothing counts twice; a kill loses at most that time. While the store is away, it
/// counts on.
/// </summary>
public sealed partial class UsageLedger : IHostedLifecycleService, IUsageSink, IDisposable
{
    private readonly IUsageStore _store;
    private readonly TimeProvider _clock;
    private readonly ILogger<UsageLedger> _logger;
    private readonly UsageCounters _counters;
    private readonly WritingLoop _loop;
    private volatile string? _lastError;
    private TimeSpan _wanted;

    public UsageLedger(IUsageStore store, TimeProvider clock, ILogger<UsageLedger> logger)
    {
        (_store, _clock, _logger) = (store, clock, logger);
        _counters = new UsageCounters(Instance);
        _loop = new WritingLoop(WriteAsync, clock);
    }

    /// <summary>Tells this process's rows from all others'; no secret, and so made without OpenSSL.</summary>
    public string Instance { get; } = Guid.NewGuid().ToString("N")[..12];

    /// <summary>How many rows are not written as they are now.</summary>
    public int Pending => _counters.Pending;

    /// <summary>Why the last writing failed; null where it did not.</summary>
    public string? LastError => _lastError;

    /// <summary>Whoever was not admitted used nothing, nor did who had tokens counted.</summary>
    public void Add(UsageRecord record)
    {
        if (record is { Key: not null, IsCount: false })
        {
            _counters.Add(record);
        }
    }

    /// <summary>Writes whatever has changed. A store that is away is told in the log; what it lacks is kept.</summary>
    public Task FlushAsync(CancellationToken cancellationToken) => _loop.FlushAsync(cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _loop.Start();
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        _loop.BeginStop();
        return Task.CompletedTask;
    }

    /// <summary>Streams that are still open go on being counted, and written.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        if (!await _loop.EndAsync().ConfigureAwait(false))
        {
            NotWritten(_logger, Pending, "the store did not answer before the process ended; they are lost");
        }
    }

    public void Dispose() => _loop.Dispose();

    /// <returns>How long the store wants to be left alone.</returns>
    private async Task<TimeSpan> WriteAsync(CancellationToken cancellationToken)
    {
        var taken = new List<(UsageCounter Counter, UsageRow Row)>();
        foreach (UsageCounter counter in _counters.All)
        {
            if (counter.Take() is { } row)
            {
                taken.Add((counter, row));
            }
        }

        TimeSpan? wanted = null;
        try
        {
            wanted = taken.Count == 0 ? _wanted : await _store
                .WriteAsync([.. taken.Select(pair => pair.Row)], cancellationToken)
                .ConfigureAwait(false);
            _lastError = taken.Count == 0 ? _lastError : null;
        }
        catch (StoreException e)
        {
            if (_lastError != e.Message)
            {
                _lastError = e.Message;
                NotWritten(_logger, taken.Count, e.Message);
            }
        }
        finally
        {
            foreach ((UsageCounter counter, _) in wanted is null ? taken : [])
            {
                counter.PutBack();
            }
        }

        _counters.ForgetPastHours(_clock.GetUtcNow());
        return _wanted = wanted ?? _wanted;
    }

    [LoggerMessage(204, LogLevel.Warning, "{Rows} rows of usage could not be written: {Reason}")]
    private static partial void NotWritten(ILogger logger, int rows, string reason);
}
