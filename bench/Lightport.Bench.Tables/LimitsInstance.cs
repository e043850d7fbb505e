using System.Diagnostics;
using System.Globalization;
using Azure.Data.Tables;
using Lightport.Azure;
using Lightport.Limits;
using Lightport.Limits.Leases;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lightport.Bench.Tables;

/// <summary>One process of several that share limits: says in a line each what it lets in.</summary>
internal sealed class LimitsInstance(TableServiceClient service, double requestsPerSecond, TimeSpan length)
{
    public const long MostRequests = 1000;
    public const long Budget = 10_000_000_000;

    private const long Reserved = 50_000_000;
    private const long UsedAtMost = 10_000_000;

    private static readonly LimitCounter Rate = new(
        "bench-rate", "key:1f2e", LimitMeasure.Requests, LimitPeriod.Minute, MostRequests);

    private static readonly LimitCounter Money = new(
        "bench-budget", "key:1f2e", LimitMeasure.Money, LimitPeriod.Ever, Budget);

    private readonly CountedLimitStore _store = new(
        new TableLimitStore(service, TimeProvider.System, NullLogger<TableLimitStore>.Instance));

    private readonly List<double> _waits = [];
    private readonly Lock _lock = new();
    private int _refused;

    public async Task RunAsync()
    {
        var chance = new Random();
        using var ledger = new LeaseLedger(
            _store, TimeProvider.System, chance.NextDouble, NullLogger<LeaseLedger>.Instance);
        var running = new List<Task>();
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < length;)
        {
            await Task.Delay(TimeSpan.FromSeconds(-Math.Log(1 - chance.NextDouble()) / requestsPerSecond));
            running.Add(AskAsync(ledger, Rate, 1, 1));
            running.Add(AskAsync(ledger, Money, Reserved, chance.NextInt64(UsedAtMost)));
        }

        await Task.WhenAll(running);
        await ledger.StoppedAsync(CancellationToken.None);
        _waits.Sort();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"end {_store.Operations} {_refused} {_waits[_waits.Count / 2]:F3} "
            + $"{_waits[_waits.Count * 99 / 100]:F3} {_waits[^1]:F3} {ledger.Held}"));
    }

    private async Task AskAsync(LeaseLedger ledger, LimitCounter counter, long amount, long used)
    {
        long start = Stopwatch.GetTimestamp();
        LimitGrant grant = await ledger.ReserveAsync(counter, amount, CancellationToken.None);
        lock (_lock)
        {
            _waits.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (grant.Hold is null)
            {
                _refused++;
                return;
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"in {counter.Measure} {grant.ResetsAt?.UtcTicks / TimeSpan.TicksPerMinute ?? 0} {used}"));
        }

        await Task.Delay(TimeSpan.FromSeconds(1));
        grant.Hold.Settle(used);
    }
}
