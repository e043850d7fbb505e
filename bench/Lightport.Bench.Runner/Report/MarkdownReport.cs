using System.Globalization;
using System.Text;
using Lightport.Bench.Runner.Contenders;
using Lightport.Bench.Runner.Load;

namespace Lightport.Bench.Runner.Report;

/// <summary>The report as a page.</summary>
internal static class MarkdownReport
{
    public static string Render(RunReport report, IReadOnlyList<string> contenders)
    {
        string[] parts =
        [
            $"# Measured at {report.Commit}", Conditions(report), Summary(report, contenders),
            Latencies(report, contenders), Figures(report), Notes(report), Micro(report),
        ];
        return string.Join("\n\n", parts.Where(part => part.Length > 0)) + "\n";
    }

    /// <summary>The two tables that the README shows: the bar and the throughput.</summary>
    public static string Summary(RunReport report, IReadOnlyList<string> contenders)
    {
        string bar = Table(
            ["figure", "bar", "measured", ""],
            Bar.Rows(report).Select(row => new[] { row.Figure, row.Bar, row.Measured ?? "–", row.Verdict }));
        string load = Grid(
            "answers a second", contenders,
            Scenario.All.Select(s => s.Name),
            (scenario, c) => Rate(report, Scenario.All.Single(s => s.Name == scenario), c));
        const string legend = "Medians of the rounds. In brackets the ratio to the forwarder, which does not translate.";
        return $"{bar}\n\n{load}\n\n{legend}";
    }

    /// <summary>When, what and where.</summary>
    public static string Conditions(RunReport report) => string.Create(
        CultureInfo.InvariantCulture,
        $"{report.Date}, commit {report.Commit}, {report.Length}. "
        + $"{report.Machine}; load before {report.LoadBefore:0.00}.");

    private static string Rate(RunReport report, Scenario scenario, string contender)
    {
        if (Load(report, scenario.Name, contender) is not { } load)
        {
            return "–";
        }

        double? ratio = load.PerSecond / Load(report, scenario.Untranslated.Name, Contender.Forwarder)?.PerSecond;
        string errors = load.Errors > 0 ? $", {load.Errors} errors" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{load.PerSecond:N0} ({ratio:0.00}{errors})");
    }

    private static string Latencies(RunReport report, IReadOnlyList<string> contenders) => Grid(
        "p50 / p99 of a whole answer under that load, ms",
        contenders,
        Scenario.All.Select(scenario => scenario.Name),
        (scenario, contender) => Load(report, scenario, contender) is { } load
            ? string.Create(CultureInfo.InvariantCulture, $"{load.P50:0.00} / {load.P99:0.00}")
            : "–");

    private static string Figures(RunReport report) => Grid(
        "figure",
        [.. report.Figures.Select(figure => figure.Contender).Distinct()],
        report.Figures.Select(figure => figure.Name).Distinct(),
        (figure, contender) => report.Find(figure, contender)?.ToString("#,0.##", CultureInfo.InvariantCulture) ?? "–");

    private static LoadResult? Load(RunReport report, string scenario, string contender) =>
        report.Loads.Find(load => load.Scenario == scenario && load.Contender == contender);

    private static string Notes(RunReport report) =>
        string.Join('\n', report.Notes.Select(note => "- " + note));

    private static string Micro(RunReport report) => report.MicroTables.Count == 0
        ? ""
        : "## Micro-benchmarks\n\n" + string.Join("\n\n", report.MicroTables);

    private static string Grid(
        string head, IReadOnlyList<string> contenders, IEnumerable<string> rows, Func<string, string, string> cell) =>
        Table([head, .. contenders], rows.Select(row => (string[])[row, .. contenders.Select(c => cell(row, c))]));

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
