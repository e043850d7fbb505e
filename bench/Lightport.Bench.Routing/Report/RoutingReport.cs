using System.Globalization;
using System.Text;
using Lightport.Bench.Routing.Contenders;
using Lightport.Bench.Routing.Run;
using Lightport.Bench.Routing.Scenarios;

namespace Lightport.Bench.Routing.Report;

/// <summary>A table for each scenario, as Markdown. Nothing in it is of the clock or of the machine.</summary>
internal static class RoutingReport
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    public static string Write(IEnumerable<Scenario> scenarios, IReadOnlyList<ContenderPlan> contenders, ulong seed)
    {
        var text = new StringBuilder();
        foreach (Scenario scenario in scenarios)
        {
            string names = string.Join(" / ", scenario.Upstreams.Select(upstream => upstream.Name));
            text.AppendLine(CultureInfo.InvariantCulture, $"## {scenario.Name}").AppendLine()
                .AppendLine(scenario.What).AppendLine()
                .AppendLine(CultureInfo.InvariantCulture,
                    $"| | succeed | p50 | p99 | attempts a request | most in 10 s | $ for 1,000 | cached | % {names} |")
                .AppendLine("|---|---|---|---|---|---|---|---|---|");
            foreach (ContenderPlan contender in contenders)
            {
                text.AppendLine(Row(contender.Name, Simulation.Run(scenario, contender, seed)));
            }

            text.AppendLine();
        }

        return text.ToString();
    }

    private static string Row(string name, Figures figures) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        | {name} | {figures.Success:P2} | {figures.Median.TotalMilliseconds:F0} ms
         | {figures.Percentile99.TotalMilliseconds:F0} ms | {figures.AttemptsPerRequest:F2}
         | {figures.MostAttemptsPerRequest(Window):F2} | {figures.CostPerThousand:F2} | {figures.CacheHits:P0}
         | {string.Join(" / ", figures.Shares.Select(Percent))} |
        """).ReplaceLineEndings("");

    private static string Percent(double share) => (share * 100).ToString("F0", CultureInfo.InvariantCulture);
}
