using System.Globalization;
using Lightport.Bench.Routing.Contenders;
using Lightport.Bench.Routing.Report;
using Lightport.Bench.Routing.Scenarios;

// bench/routing.sh [--seed N] [SCENARIO]...
ulong seed = 1;
var wanted = new List<Scenario>();
for (int i = 0; i < args.Length; i++)
{
    if (args[i] == "--seed" && i + 1 < args.Length
        && ulong.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out seed))
    {
        i++;
    }
    else if (ScenarioList.All.FirstOrDefault(scenario => scenario.Name == args[i]) is { } scenario)
    {
        wanted.Add(scenario);
    }
    else
    {
        string names = string.Join(", ", ScenarioList.All.Select(known => known.Name));
        await Console.Error.WriteLineAsync($"'{args[i]}' is neither '--seed <number>' nor a scenario: {names}.");
        return 2;
    }
}

Console.Write(RoutingReport.Write(wanted is [] ? ScenarioList.All : wanted, ContenderList.All, seed));
return 0;
