using System.Globalization;
using System.Text;
using Lightport.Bench.Limits.Fleet;
using Lightport.Bench.Limits.Scenarios;

namespace Lightport.Bench.Limits.Report;

/// <summary>A row for each plan, as Markdown.</summary>
internal static class FleetReport
{
    public static string Write(IEnumerable<FleetPlan> plans, ulong seed)
    {
        StringBuilder text = new StringBuilder()
            .Append("| | asked | let in | used at most | unused at most | operations an instance and second ")
            .AppendLine("| at once | wait p99 / longest | refused unknown | conflicts, throttled |")
            .AppendLine("|---|---|---|---|---|---|---|---|---|---|");
        foreach (FleetPlan plan in plans)
        {
            text.AppendLine(Row(plan, FleetRun.Run(plan, seed)));
        }

        return text.ToString();
    }

    private static string Row(FleetPlan plan, Figures figures) => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        | {plan.Name}: {plan.What}; {plan.Instances:N0} instances | {figures.Asked:N0} | {figures.LetIn:N0}
         | {figures.MostUsed:P2} | {Unused(plan, figures)}
         | {figures.MeanOperations:F2}, most {figures.MostOperations:F2} | {figures.AtOnce:P0}
         | {figures.Wait99.TotalMilliseconds:F0} / {figures.LongestWait.TotalMilliseconds:F0} ms
         | {figures.Unknown:N0} | {figures.Conflicts:N0}, {figures.Throttled:N0} |
        """).ReplaceLineEndings("");

    private static string Unused(FleetPlan plan, Figures figures) => figures.MostUnused is { } unused
        ? string.Create(CultureInfo.InvariantCulture, $"{unused:N0} ({unused / (double)plan.Counter.Most:P2})")
        : "–";
}
