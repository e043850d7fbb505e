using System.Diagnostics.Tracing;
using Lightport.Bench.Runner.Contenders;
using Lightport.Bench.Runner.Load;
using Lightport.Bench.Runner.Report;
using Lightport.Bench.Runner.Wire;
using Microsoft.Diagnostics.NETCore.Client;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers;
using Microsoft.Diagnostics.Tracing.Parsers.Clr;

namespace Lightport.Bench.Runner.Probes;

/// <summary>
/// What the live process allocates for a request, read from the runtime's allocation ticks: one about every 100 KB, and
/// one for every large object
/// (https://learn.microsoft.com/dotnet/fundamentals/diagnostics/runtime-garbage-collection-events).
/// </summary>
internal static class AllocationProbe
{
    public static async Task RunAsync(BenchContext bench, RunningContender target, Scenario scenario)
    {
        // Small requests need more of them, for the ticks are coarse.
        int count = bench.Options.AllocationRequests * (scenario.BodyBytes > 100_000 ? 1 : 10);
        using var connection = new RawConnection(target.Port);
        byte[] request = RequestBytes.Create(target.Contender, scenario);

        var client = new DiagnosticsClient(target.ProcessId);
        var provider = new EventPipeProvider(
            ClrTraceEventParser.ProviderName, EventLevel.Verbose, (long)ClrTraceEventParser.Keywords.GC);
        using EventPipeSession session = client.StartEventPipeSession([provider], requestRundown: false);
        var tally = new AllocationTally();
        Task reading = Task.Run(() => tally.Read(session.EventStream));

        // The session itself makes the process allocate at first; those requests only warm.
        Exchange(connection, request, count / 2);
        tally.Since = TimeProvider.System.GetUtcNow();
        Exchange(connection, request, count);
        await session.StopAsync(CancellationToken.None);
        await reading;

        string name = target.Contender.Name;
        bench.Record(FigureNames.Allocated(scenario), name, (double)tally.Bytes / count);
        bench.Record(FigureNames.LargeObjects(scenario), name, (double)tally.LargeObjects / count);
        bench.Report.Notes.Add($"{name}, {scenario.Name}: allocated most of {tally.Top()}.");
    }

    private static void Exchange(RawConnection connection, byte[] request, int count)
    {
        for (int i = 0; i < count; i++)
        {
            connection.Exchange(request);
        }
    }

    private sealed class AllocationTally
    {
        private readonly Dictionary<string, long> _byType = [];

        /// <summary>Ticks before this do not count.</summary>
        public DateTimeOffset Since { get; set; } = DateTimeOffset.MaxValue;

        public long Bytes { get; private set; }

        public long LargeObjects { get; private set; }

        public void Read(Stream events)
        {
            using var source = new EventPipeEventSource(events);
            source.Clr.GCAllocationTick += Add;
            source.Process();
        }

        public string Top() => string.Join(", ", _byType
            .OrderByDescending(pair => pair.Value)
            .Take(4)
            .Select(pair => $"{pair.Key} ({100.0 * pair.Value / Math.Max(Bytes, 1):0} %)"));

        private void Add(GCAllocationTickTraceData tick)
        {
            if (tick.TimeStamp.ToUniversalTime() < Since.UtcDateTime)
            {
                return;
            }

            Bytes += tick.AllocationAmount64;
            LargeObjects += tick.AllocationKind == GCAllocationKind.Large ? 1 : 0;
            _byType[tick.TypeName] = _byType.GetValueOrDefault(tick.TypeName) + tick.AllocationAmount64;
        }
    }
}
