using System.Security.Cryptography;
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
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>What the last writing may take, with the host's own patience or without.</summary>
    private static readonly TimeSpan LastWriting = TimeSpan.FromSeconds(3);

    private readonly IUsageStore _store;
    private readonly TimeProvider _clock;
    private readonly ILogger<UsageLedger> _logger;
    private readonly UsageCounters _counters;
    private readonly SemaphoreSlim _flushing = new(1);
    private readonly CancellationTokenSource _ending = new();
    private Task _running = Task.CompletedTask;
    private Task _firstOfStop = Task.CompletedTask;
    private volatile string? _lastError;
    private TimeSpan _pause = Interval;
    private bool _disposed;

    public UsageLedger(IUsageStore store, TimeProvider clock, ILogger<UsageLedger> logger)
    {
        (_store, _clock, _logger) = (store, clock, logger);
        _counters = new UsageCounters(Instance);
    }

    /// <summary>Tells this process's rows from all others'.</summary>
    public string Instance { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));

    /// <summary>How many rows are not written as they are now.</summary>
    public int Pending => _counters.Pending;

    /// <summary>Why the last writing failed; null where it did not.</summary>
    public string? LastError => _lastError;

    /// <summary>Whoever was not admitted used nothing, nor did who had tokens counted.</summary>
    public void Add(UsageRecord record)
    {
        if (record.Key is null || record.IsCount)
        {
            return;
        }

        _counters.Add(record);
    }

    /// <summary>Writes whatever has changed. A store that is away is told in the log; what it lacks is kept.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _flushing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await WriteAsync(cancellationToken).ConfigureAwait(false);
            _counters.ForgetPastHours(_clock.GetUtcNow());
        }
        finally
        {
            _flushing.Release();
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _running = RunAsync();
        return Task.CompletedTask;
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Where the host will not wait for the end, all that is known by now is written. The stop goes on meanwhile.
    /// </summary>
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        _firstOfStop = FlushAsync(_ending.Token);
        return Task.CompletedTask;
    }

    /// <summary>Streams that are still open go on being counted, and written.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>
    /// Last of all, when the doors are shut: what the last requests used is written too. A client that would not end
    /// has used up the host's patience by now, and with it its token; this writing has a time of its own.
    /// </summary>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        await _firstOfStop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        using var patience = new CancellationTokenSource(LastWriting, _clock);
        try
        {
            await FlushAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            NotWritten(_logger, Pending, "the store did not answer before the process ended; they are lost");
        }
    }

    /// <summary>Called for each of the services that it is.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _ending.Cancel();
            _ending.Dispose();
            _flushing.Dispose();
        }
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(_pause, _clock, _ending.Token).ConfigureAwait(false);
                await FlushAsync(_ending.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            // The host stops; StoppedAsync writes what is left.
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        var taken = new List<(UsageCounter Counter, UsageRow Row)>();
        foreach (UsageCounter counter in _counters.All)
        {
            if (counter.Take() is { } row)
            {
                taken.Add((counter, row));
            }
        }

        if (taken.Count == 0)
        {
            return;
        }

        bool written = false;
        try
        {
            TimeSpan wanted = await _store
                .WriteAsync([.. taken.Select(pair => pair.Row)], cancellationToken)
                .ConfigureAwait(false);
            _pause = wanted > Interval ? wanted : Interval;
            (written, _lastError) = (true, null);
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
            foreach ((UsageCounter counter, _) in written ? [] : taken)
            {
                counter.PutBack();
            }
        }
    }

    [LoggerMessage(204, LogLevel.Warning, "{Rows} rows of usage could not be written: {Reason}")]
    private static partial void NotWritten(ILogger logger, int rows, string reason);
}
