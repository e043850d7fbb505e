using System.Globalization;
using System.Text;
using Lightport.Bench.Runner.Contenders;
using Lightport.Bench.Runner.Load;

namespace Lightport.Bench.Runner.Report;

/// <summary>The report as a page.</summary>
internal static class MarkdownReport
{
    public static string Render(RunReport report, IReadOnlyList<string> contenders) => string.Join(
        "\n\n",
        new[] { Heading(report), Summary(report, contenders), Latencies(report, contenders), Figures(report), Notes(report), Micro(report) }
            .Where(part => part.Length > 0)) + "\n";

    /// <summary>The two tables that the README shows: the bar and the throughput.</summary>
    public static string Summary(RunReport report, IReadOnlyList<string> contenders)
    {
        string bar = Table(
            ["figure", "bar", "measured", ""],
            Bar.Rows(report).Select(row => new[] { row.Figure, row.Bar, row.Measured ?? "–", row.Verdict }));
        string load = Table(
            ["answers a second", .. contenders],
            Scenario.All.Select(scenario => new[] { scenario.Name }.Concat(contenders.Select(c => Rate(report, scenario, c))).ToArray()));
        return bar + "\n\n" + load
            + "\n\nMedians of the rounds; in brackets the ratio to the bare forwarder in the same scenario, untranslated.";
    }

    public static string Conditions(RunReport report) => string.Create(
        CultureInfo.InvariantCulture,
        $"{report.Date}, commit {report.Commit}. {report.Machine}; load average before the start {report.LoadBefore:0.00}. {report.Length}.");

    private static string Heading(RunReport report) => $"# Measured at {report.Commit}\n\n{Conditions(report)}";

    private static string Rate(RunReport report, Scenario scenario, string contender)
    {
        LoadResult? load = report.Loads.Find(l => l.Scenario == scenario.Name && l.Contender == contender);
        if (load is null)
        {
            return "–";
        }

        Scenario untranslated = scenario switch
        {
            { Translated: true, Streamed: true } => Scenario.Stream,
            { Translated: true } => Scenario.Unary,
            _ => scenario,
        };
        double? ratio = load.PerSecond / report.PerSecond(untranslated, Contender.Forwarder);
        string errors = load.Errors > 0 ? $", {load.Errors} errors" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{load.PerSecond:N0} ({ratio:0.00}{errors})");
    }

    private static string Latencies(RunReport report, IReadOnlyList<string> contenders) => Table(
        ["p50 / p99 of a whole answer under that load, ms", .. contenders],
        Scenario.All.Select(scenario => new[] { scenario.Name }.Concat(contenders.Select(contender =>
            report.Loads.Find(l => l.Scenario == scenario.Name && l.Contender == contender) is { } load
                ? string.Create(CultureInfo.InvariantCulture, $"{load.P50:0.00} / {load.P99:0.00}")
                : "–")).ToArray()));

    private static string Figures(RunReport report)
    {
        string[] contenders = [.. report.Figures.Select(figure => figure.Contender).Distinct()];
        return Table(
            ["figure", .. contenders],
            report.Figures.Select(figure => figure.Name).Distinct().Select(name => new[] { name }
                .Concat(contenders.Select(contender =>
                    report.Find(name, contender)?.ToString("#,0.##", CultureInfo.InvariantCulture) ?? "–")).ToArray()));
    }

    private static string Notes(RunReport report) =>
        string.Join('\n', report.Notes.Select(note => "- " + note));

    private static string Micro(RunReport report) => report.MicroTables.Count == 0
        ? ""
        : "## Micro-benchmarks\n\n" + string.Join("\n\n", report.MicroTables);

    private static string Table(string[] heads, IEnumerable<string[]> rows)
    {
        var text = new StringBuilder();
        Row(heads);
        Row([.. heads.Select(_ => "---")]);
        foreach (string[] row in rows)
        {
            Row(row);
        }

        return text.ToString().TrimEnd();

        void Row(string[] cells) => text.Append("| ").AppendJoin(" | ", cells).Append(" |\n");
    }
}
