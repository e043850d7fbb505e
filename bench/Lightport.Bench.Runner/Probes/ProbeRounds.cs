using Lightport.Bench.Runner.Contenders;
using Lightport.Bench.Runner.Load;

namespace Lightport.Bench.Runner.Probes;

/// <summary>Looks into each contender in turn, in a fresh and warmed process for each kind of look.</summary>
internal static class ProbeRounds
{
    public static async Task RunAsync(BenchContext bench)
    {
        BenchContext.Say("starts and idle memory");
        await StartProbe.RunAsync(bench);
        foreach (Contender contender in bench.Gateways)
        {
            Scenario[] streams = [.. Scenario.Usual.Where(s => s.Streamed && contender.CanRun(s))];
            BenchContext.Say($"first byte: {contender.Name}");
            using (RunningContender target = await StartWarmAsync(bench, contender, streams))
            {
                foreach (Scenario scenario in streams)
                {
                    FirstByteProbe.Run(bench, target, scenario);
                }
            }

            if (contender.IsDotNet)
            {
                BenchContext.Say($"allocations: {contender.Name}");
                await AllocationsAsync(bench, contender);
            }

            foreach (Scenario scenario in streams)
            {
                BenchContext.Say($"open streams and a stalled reader: {contender.Name}, {scenario.Name}");
                using (RunningContender target = await StartWarmAsync(bench, contender, [scenario]))
                {
                    await OpenStreamsProbe.RunAsync(bench, target, scenario);
                }

                using (RunningContender target = await StartWarmAsync(bench, contender, [scenario]))
                {
                    await StalledReaderProbe.RunAsync(bench, target, scenario);
                }
            }
        }
    }

    private static async Task AllocationsAsync(BenchContext bench, Contender contender)
    {
        foreach (Scenario scenario in Scenario.Usual.Where(contender.CanRun))
        {
            using RunningContender target = await StartWarmAsync(bench, contender, [scenario]);
            await AllocationProbe.RunAsync(bench, target, scenario);
        }
    }

    private static async Task<RunningContender> StartWarmAsync(
        BenchContext bench, Contender contender, Scenario[] scenarios)
    {
        RunningContender target = await bench.StartAsync(contender);
        foreach (Scenario scenario in scenarios)
        {
            await Warmth.ReachAsync(bench, target, scenario);
        }

        return target;
    }
}
