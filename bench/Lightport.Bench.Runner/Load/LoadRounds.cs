using Lightport.Bench.Runner.Contenders;
using Lightport.Bench.Runner.Report;

namespace Lightport.Bench.Runner.Load;

/// <summary>All contenders in turns, A B A B, so that what the machine does meanwhile meets each alike.</summary>
internal static class LoadRounds
{
    public static async Task RunAsync(BenchContext bench)
    {
        var running = new List<RunningContender>();
        try
        {
            foreach (Contender contender in bench.Contenders)
            {
                running.Add(await bench.StartAsync(contender));
            }

            await PrepareAsync(bench, running);
            for (int round = 1; round <= bench.Options.Rounds; round++)
            {
                foreach (Scenario scenario in Scenario.All)
                {
                    BenchContext.Say($"round {round} of {bench.Options.Rounds}: {scenario.Name}");
                    await TurnAsync(bench, running, scenario);
                }
            }

            foreach (RunningContender target in running.Where(target => target.Contender.Launch is not null))
            {
                bench.Record(FigureNames.LoadedMemory, target.Contender.Name, Units.Mebibytes(target.ResidentBytes()));
            }
        }
        finally
        {
            running.ForEach(target => target.Dispose());
        }
    }

    private static async Task PrepareAsync(BenchContext bench, List<RunningContender> running)
    {
        foreach (RunningContender target in running)
        {
            BenchContext.Say($"checking and warming {target.Contender.Name}");
            int seconds = 0;
            foreach (Scenario scenario in Scenario.All.Where(target.Contender.CanRun))
            {
                await AnswerCheck.RunAsync(target, scenario);
                seconds += await Warmth.ReachAsync(bench, target, scenario);
            }

            bench.Record(FigureNames.Warm, target.Contender.Name, seconds);
        }
    }

    private static async Task TurnAsync(BenchContext bench, List<RunningContender> running, Scenario scenario)
    {
        foreach (RunningContender target in running.Where(target => target.Contender.CanRun(scenario)))
        {
            WrkResult result = await Wrk.RunAsync(bench, target, scenario, bench.Options.Seconds);
            bench.Report.AddTurn(scenario.Name, target.Contender.Name, result);
        }
    }
}
