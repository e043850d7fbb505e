using System.Collections.Concurrent;
using Lightport.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lightport.Limits.Leases;

/// <summary>
/// Counts limits exactly over all instances that share a store: each counter's lease is a slice that was taken out of
/// the store before it is given to requests, so that all leases together never are more than the limit. What is kept in
/// memory are the counters in use.
/// </summary>
internal sealed class LeaseLedger : ILimitLedger, IHostedLifecycleService, IDisposable
{
    /// <summary>How many give back at once when the process ends.</summary>
    private const int AtOnce = 16;

    /// <summary>What giving back may take then.</summary>
    private static readonly TimeSpan LastGiving = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<LimitCounter, LeasedCounter> _counters = new();
    private readonly LeaseSurroundings _around;
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _starting = new();
    private Task? _running;
    private bool _disposed;

    public LeaseLedger(ILimitStore store, TimeProvider time, Func<double> chance, ILogger<LeaseLedger> logger)
    {
        // Need not be secret, only unlike all others: random bytes would load OpenSSL into every idle process.
        string holder = Guid.NewGuid().ToString("N")[..12];
        _around = new LeaseSurroundings(
            store, holder, time, new StoreClock(time), new StoreWatch(logger, chance), chance);
    }

    /// <summary>Why the store could not be asked last; null where it could.</summary>
    public string? LastError => _around.Watch.LastError;

    /// <summary>How many counters are in use.</summary>
    public int Count => _counters.Count;

    /// <summary>What requests hold of all counters, whatever they count: zero where none runs.</summary>
    internal long Held => _counters.Sum(counter => counter.Value.Held);

    public ValueTask<LimitGrant> ReserveAsync(
        LimitCounter counter, long amount, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        while (true)
        {
            LeasedCounter leased = _counters.TryGetValue(counter, out LeasedCounter? known) ? known : Begin(counter);
            if (leased.TryReserve(amount, cancellationToken, out ValueTask<LimitGrant> grant))
            {
                return grant;
            }

            // Whoever forgets a counter takes it out of here at once; it may just not have come to it.
            _counters.TryRemove(KeyValuePair.Create(counter, leased));
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Last of all, when no request runs any more: other instances have the rest.</summary>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await (_running ?? Task.CompletedTask).ConfigureAwait(false);
        using var patience = new CancellationTokenSource(LastGiving, _around.Time);
        Task giving = Parallel.ForEachAsync(
            _counters.Values,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = patience.Token },
            async (counter, stop) => await counter.EndAsync().WaitAsync(stop).ConfigureAwait(false));

        // What is not given back in time counts as used, or expires.
        await giving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Called for each of the services that it is.</summary>
    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _ending.Cancel();
            _ending.Dispose();
        }
    }

    /// <summary>Where nothing is limited, nothing is looked after either.</summary>
    private LeasedCounter Begin(LimitCounter counter)
    {
        lock (_starting)
        {
            _running ??= RunAsync();
        }

        return _counters.GetOrAdd(
            counter, static (counter, around) => new LeasedCounter(counter, around), _around);
    }

    private async Task RunAsync()
    {
        try
        {
            // Instances that start together do not look after their leases at the same moments.
            await Task.Delay(LeaseTerms.Round * _around.Chance(), _around.Time, _ending.Token).ConfigureAwait(false);
            while (true)
            {
                await Task.Delay(LeaseTerms.Round, _around.Time, _ending.Token).ConfigureAwait(false);
                Tend();
            }
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private void Tend()
    {
        foreach (KeyValuePair<LimitCounter, LeasedCounter> counter in _counters)
        {
            if (!counter.Value.Tend())
            {
                _counters.TryRemove(counter);
            }
        }
    }
}
