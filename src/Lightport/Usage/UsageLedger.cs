using System.Collections.Concurrent;
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
public sealed partial class UsageLedger(IUsageStore store, TimeProvider clock, ILogger<UsageLedger> logger)
    : IHostedLifecycleService, IUsageSink, IDisposable
{
    /// <summary>Clients choose model names, so that there is an end to the rows that are held.</summary>
    internal const int MostCounters = 20_000;

    /// <summary>The model of whatever comes when there are too many.</summary>
    internal const string OtherModels = "(other)";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>What the last writing may take, with the host's own patience or without.</summary>
    private static readonly TimeSpan LastWriting = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<CounterKey, UsageCounter> _counters = new();
    private readonly SemaphoreSlim _flushing = new(1);
    private readonly CancellationTokenSource _ending = new();
    private Task _running = Task.CompletedTask;
    private Task _firstOfStop = Task.CompletedTask;
    private volatile string? _lastError;
    private TimeSpan _pause = Interval;
    private bool _disposed;

    /// <summary>Tells this process's rows from all others'.</summary>
    public string Instance { get; } = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));

    /// <summary>How many rows are not written as they are now.</summary>
    public int Pending => _counters.Count(counter => counter.Value.Dirty);

    /// <summary>Why the last writing failed; null where it did not.</summary>
    public string? LastError => _lastError;

    /// <summary>Whoever was not admitted used nothing, nor did who had tokens counted.</summary>
    public void Add(UsageRecord record)
    {
        if (record.Key is null || record.IsCount)
        {
            return;
        }

        Counter(record, record.Provider ?? "", record.Model ?? "").Add(record);
        foreach (AttemptUsage lost in record.Lost)
        {
            Counter(record, lost.Provider, lost.Model).Add(lost.Usage);
        }
    }

    /// <summary>Writes whatever has changed. A store that is away is told in the log; what it lacks is kept.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _flushing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await WriteAsync(cancellationToken).ConfigureAwait(false);
            ForgetPastHours();
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
        using var patience = new CancellationTokenSource(LastWriting, clock);
        try
        {
            await FlushAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            NotWritten(logger, Pending, "the store did not answer before the process ended; they are lost");
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

    private UsageCounter Counter(UsageRecord record, string provider, string model)
    {
        DateTimeOffset at = record.EndedAt.ToUniversalTime();
        var key = new CounterKey(record.KeyId ?? "-", at.Ticks / TimeSpan.TicksPerHour, provider, model);
        if (_counters.TryGetValue(key, out UsageCounter? counter))
        {
            return counter;
        }

        key = _counters.Count < MostCounters ? key : key with { Provider = "", Model = OtherModels };
        UsageRow empty = Empty(key, record.Key!, Instance);
        return _counters.GetOrAdd(key, static (_, empty) => new UsageCounter(empty), empty);
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(_pause, clock, _ending.Token).ConfigureAwait(false);
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
        foreach (UsageCounter counter in _counters.Values)
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
            TimeSpan wanted = await store
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
                NotWritten(logger, taken.Count, e.Message);
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

    /// <summary>An hour is kept for one more, so that a late record finds its row and does not begin it anew.</summary>
    private void ForgetPastHours()
    {
        DateTimeOffset before = clock.GetUtcNow().AddHours(-2);
        foreach ((CounterKey key, UsageCounter counter) in _counters)
        {
            if (counter.Hour < before && !counter.Dirty)
            {
                _counters.TryRemove(key, out _);
            }
        }
    }

    private static UsageRow Empty(CounterKey key, string name, string instance) => new()
    {
        KeyId = key.KeyId,
        KeyName = name,
        Hour = new DateTimeOffset(key.Hour * TimeSpan.TicksPerHour, TimeSpan.Zero),
        Instance = instance,
        Model = (key.Provider, key.Model) switch
        {
            ("", "") => "-",
            ("", var model) => model,
            var (provider, model) => $"{provider}/{model}",
        },
    };

    [LoggerMessage(204, LogLevel.Warning, "{Rows} rows of usage could not be written: {Reason}")]
    private static partial void NotWritten(ILogger logger, int rows, string reason);

    private readonly record struct CounterKey(string KeyId, long Hour, string Provider, string Model);
}
