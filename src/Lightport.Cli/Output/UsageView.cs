using System.Text.Json;
using Lightport.Cli.Gateway;

namespace Lightport.Cli.Output;

/// <summary>Shows sums of what was used, the totals below.</summary>
internal static class UsageView
{
    /// <summary>What is counted, in the order of the columns; those in front are shown even where all is 0.</summary>
    private static readonly string[] Counts =
    [
        "requests", "input", "output", "errors", "estimated", "cache_read", "cache_write", "input_audio", "reasoning",
        "output_audio", "web_searches",
    ];

    private const int AlwaysShown = 3;

    public static void Show(UsageReport report, Terminal terminal)
    {
        IReadOnlyList<string> by = report.By ?? [];
        IReadOnlyList<IReadOnlyDictionary<string, JsonElement>> rows = report.Rows ?? [];
        terminal.Note($"{report.From} to {report.To}, UTC");
        if (rows.Count == 0)
        {
            terminal.Note("Nothing was used.");
            return;
        }

        string[] counts = [.. Counts.Where((name, place) =>
            place < AlwaysShown || rows.Any(row => Count(row, name) != 0))];
        var table = new Table([.. by, .. counts.Select(name => "#" + name.Replace('_', ' '))]);
        foreach (IReadOnlyDictionary<string, JsonElement> row in rows)
        {
            IEnumerable<string> sums = counts.Select(name => Shown.Count(Count(row, name)));
            table.Add(null, [.. by.Select(name => Cell(row, name)), .. sums]);
        }

        if (report.Total is { } total && by.Count > 0)
        {
            string[] label = [.. by.Select((_, place) => place == 0 ? "total" : "")];
            table.Add(Styles.Strong, [.. label, .. counts.Select(name => Shown.Count(Count(total, name)))]);
        }

        terminal.Table(table);
    }

    private static string Cell(IReadOnlyDictionary<string, JsonElement> row, string name) =>
        row.TryGetValue(name, out JsonElement value) && JsonText.Cell(value) is { Length: > 0 } text ? text
            : name == "key" && row.TryGetValue("key_id", out JsonElement id) ? JsonText.Cell(id)
            : "";

    private static long Count(IReadOnlyDictionary<string, JsonElement> row, string name) =>
        row.TryGetValue(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out long count)
            ? count
            : 0;
}
