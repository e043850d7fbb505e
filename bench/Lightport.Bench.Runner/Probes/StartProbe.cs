using System.Diagnostics;
using Lightport.Bench.Runner.Contenders;
using Lightport.Bench.Runner.Load;
using Lightport.Bench.Runner.Report;
using Lightport.Bench.Runner.Wire;

namespace Lightport.Bench.Runner.Probes;

/// <summary>From the start of the process to its first 200 and its first answer, and its memory at rest.</summary>
internal static class StartProbe
{
    public const string EmptyKestrel = "empty Kestrel app";

    public static async Task RunAsync(BenchContext bench)
    {
        var empty = new Contender(EmptyKestrel)
        {
            Launch = port => new Launch(bench.Layout.Program("forwarder", "Lightport.Bench.Forwarder"), $"{port}"),
        };
        Contender[] contenders =
        [
            empty, .. bench.Gateways, .. bench.Contenders.Where(contender => contender.ForStarts),
        ];
        var starts = contenders.ToDictionary(contender => contender, _ => new List<double>());
        var answers = contenders.ToDictionary(contender => contender, _ => new List<double>());
        for (int i = 0; i < bench.Options.Starts; i++)
        {
            foreach (Contender contender in contenders)
            {
                using RunningContender target = await bench.StartAsync(contender);
                starts[contender].Add(target.Start.TotalMilliseconds);
                answers[contender].Add((target.Start + FirstAnswer(target)).TotalMilliseconds);
                if (i == 0)
                {
                    await Task.Delay(TimeSpan.FromSeconds(2));
                    bench.Record(FigureNames.IdleMemory, contender.Name, Units.Mebibytes(target.ResidentBytes()));
                }
            }
        }

        foreach (Contender contender in contenders)
        {
            bench.Record(FigureNames.Start, contender.Name, Units.Median(starts[contender]));
            bench.Record(FigureNames.StartToAnswer, contender.Name, Units.Median(answers[contender]));
        }
    }

    private static TimeSpan FirstAnswer(RunningContender target)
    {
        long started = Stopwatch.GetTimestamp();
        using var connection = new RawConnection(target.Port);
        connection.Exchange(RequestBytes.Create(target.Contender, Scenario.Unary));
        return Stopwatch.GetElapsedTime(started);
    }
}
