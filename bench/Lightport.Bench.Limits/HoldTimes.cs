using System.Diagnostics;
using System.Globalization;
using Lightport.Limits;
using Lightport.Limits.Leases;
using Lightport.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lightport.Bench.Limits;

/// <summary>What it costs a request to hold and to settle where a lease is in hand.</summary>
internal static class HoldTimes
{
    private const int Rounds = 2_000_000;

    public static async Task<string> MeasureAsync()
    {
        using var ledger = new LeaseLedger(
            new MemoryLimitStore(TimeProvider.System),
            TimeProvider.System,
            () => 0.5,
            NullLogger<LeaseLedger>.Instance);
        var counter = new LimitCounter(
            "free-tier", "key:1f2e3d4c", LimitMeasure.Tokens, LimitPeriod.Day, long.MaxValue / 4);
        await RunAsync(ledger, counter, Rounds / 10);
        long bytes = GC.GetTotalAllocatedBytes(precise: true);
        long start = Stopwatch.GetTimestamp();
        await RunAsync(ledger, counter, Rounds);
        double taken = Stopwatch.GetElapsedTime(start).TotalMicroseconds / Rounds;
        double allocated = (GC.GetTotalAllocatedBytes(precise: true) - bytes) / (double)Rounds;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Hold and settle with a lease in hand: {taken:F2} µs, {allocated:F0} bytes.");
    }

    private static async Task RunAsync(LeaseLedger ledger, LimitCounter counter, int rounds)
    {
        for (int i = 0; i < rounds; i++)
        {
            LimitGrant grant = await ledger.ReserveAsync(counter, 100, CancellationToken.None);
            grant.Hold!.Settle(60);
        }
    }
}
