using System.Globalization;
using Lightport.Bench.Limits;
using Lightport.Bench.Limits.Report;
using Lightport.Bench.Limits.Scenarios;

// bench/limits.sh [--seed N] [PLAN]...
ulong seed = 1;
var wanted = new List<FleetPlan>();
for (int i = 0; i < args.Length; i++)
{
    if (args[i] == "--seed" && i + 1 < args.Length
        && ulong.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out seed))
    {
        i++;
    }
    else if (PlanList.All.FirstOrDefault(plan => plan.Name == args[i]) is { } plan)
    {
        wanted.Add(plan);
    }
    else
    {
        string names = string.Join(", ", PlanList.All.Select(known => known.Name));
        await Console.Error.WriteLineAsync($"'{args[i]}' is neither '--seed <number>' nor a plan: {names}.");
        return 2;
    }
}

Console.WriteLine(FleetReport.Write(wanted is [] ? PlanList.All : wanted, seed));
Console.WriteLine(await HoldTimes.MeasureAsync());
return 0;
