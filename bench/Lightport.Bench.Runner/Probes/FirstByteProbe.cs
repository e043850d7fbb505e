using System.Diagnostics;
using Lightport.Bench.Runner.Contenders;
using Lightport.Bench.Runner.Load;
using Lightport.Bench.Runner.Report;
using Lightport.Bench.Runner.Wire;

namespace Lightport.Bench.Runner.Probes;

/// <summary>
/// What a contender adds to the time to a stream's first byte, on one connection that is otherwise quiet. Direct and
/// through it in turns, so that both meet the same machine.
/// </summary>
internal static class FirstByteProbe
{
    public static void Run(BenchContext bench, RunningContender target, Scenario scenario)
    {
        using var direct = new RawConnection(bench.UpstreamPort);
        using var through = new RawConnection(target.Port);
        byte[] directRequest = RequestBytes.Create(new Contender(Contender.Direct), Scenario.Stream);
        byte[] throughRequest = RequestBytes.Create(target.Contender, scenario);
        var directTimes = new List<double>();
        var throughTimes = new List<double>();
        // Slow contenders are sampled for this long, and less often.
        TimeSpan limit = TimeSpan.FromSeconds(bench.Options.Quick ? 4 : 20);
        long started = Stopwatch.GetTimestamp();
        while (throughTimes.Count < bench.Options.FirstByteSamples && Stopwatch.GetElapsedTime(started) < limit)
        {
            directTimes.Add(direct.Exchange(directRequest).TotalMilliseconds);
            throughTimes.Add(through.Exchange(throughRequest).TotalMilliseconds);
        }

        string suffix = scenario.Translated ? ", translated" : "";
        bench.Record(FigureNames.FirstByteP50 + suffix, target.Contender.Name, Added(0.50));
        bench.Record(FigureNames.FirstByteP99 + suffix, target.Contender.Name, Added(0.99));

        double Added(double rank) => Units.Percentile(throughTimes, rank) - Units.Percentile(directTimes, rank);
    }
}
