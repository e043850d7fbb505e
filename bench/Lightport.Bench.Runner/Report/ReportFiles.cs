using System.Text.Json;

namespace Lightport.Bench.Runner.Report;

/// <summary>Keeps a run: <c>results/date-commit.md</c> and <c>.json</c>, and the tables in the README.</summary>
internal static class ReportFiles
{
    private const string Begin = "<!-- results:begin -->";
    private const string End = "<!-- results:end -->";

    public static void Write(BenchContext bench)
    {
        string[] contenders = [.. bench.Contenders.Select(contender => contender.Name)];
        string page = MarkdownReport.Render(bench.Report, contenders);
        Console.WriteLine(page);

        // A quick run proves the rig; its numbers are not for keeping.
        string folder = bench.Options.Quick ? bench.Layout.Built : Path.Combine(bench.Layout.Bench, "results");
        Directory.CreateDirectory(folder);
        string name = Path.Combine(folder, $"{bench.Report.Date}-{bench.Report.Commit}");
        File.WriteAllText(name + ".md", page);
        string json = JsonSerializer.Serialize(bench.Report, ReportJsonContext.Default.RunReport);
        File.WriteAllText(name + ".json", json + "\n");
        BenchContext.Say($"written: {name}.md and .json");
        if (!bench.Options.Quick)
        {
            RefreshReadme(bench, contenders);
        }
    }

    private static void RefreshReadme(BenchContext bench, string[] contenders)
    {
        string readme = Path.Combine(bench.Layout.Bench, "README.md");
        string text = File.ReadAllText(readme);
        int begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        int end = text.IndexOf(End, StringComparison.Ordinal);
        string conditions = MarkdownReport.Conditions(bench.Report);
        string tables = conditions + "\n\n" + MarkdownReport.Summary(bench.Report, contenders);
        File.WriteAllText(readme, $"{text[..begin]}\n{tables}\n{text[end..]}");
    }
}
