using System.Text.Json;
using Lightport.Cli.Gateway;

namespace Lightport.Cli.Output;

/// <summary>Shows sums of what was used, the totals below; on a screen each row's share as a bar.</summary>
internal static class UsageView
{
    private const string Cost = "cost_usd";
    private const string ToolCost = "tool_cost_usd";
    private const string KeyTag = "tag.";
    private const int WidestBar = 20;

    /// <summary>What is counted, in the order of the columns; those in front are shown even where all is 0.</summary>
    private static readonly string[] Counts =
    [
        "requests", "input", "output", Cost, ToolCost, "unpriced", "errors", "failed_attempts", "estimated",
        "cache_read", "cache_write", "input_audio", "reasoning", "output_audio", "web_searches",
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
            place < AlwaysShown || rows.Any(row => Number(row, name) != 0))];
        string[] bar = terminal.OutputIsTerminal && rows.Count > 1 ? [""] : [];

        // A bar is of the money where there is any, else of the tokens.
        string[] weighed = rows.Any(row => Number(row, Cost) > 0)
            ? [Cost]
            : ["input", "cache_read", "output", "reasoning"];
        decimal most = rows.Max(row => Weight(row, weighed));
        var table = new Table([.. by, .. counts.Select(Title), .. bar]);
        foreach (IReadOnlyDictionary<string, JsonElement> row in rows)
        {
            table.Add(
                null,
                [
                    .. by.Select(name => Cell(row, name)),
                    .. counts.Select(name => Sum(row, name)),
                    .. bar.Select(_ => Bar(Weight(row, weighed), most)),
                ]);
        }

        if (report.Total is { } total && by.Count > 0)
        {
            string[] label = [.. by.Select((_, place) => place == 0 ? "total" : "")];
            table.Add(Styles.Strong, [.. label, .. counts.Select(name => Sum(total, name)), .. bar]);
        }

        terminal.Table(table);
        if (Number(report.Total ?? new Dictionary<string, JsonElement>(), "unpriced") is > 0 and var unpriced)
        {
            terminal.Note($"{unpriced} used what has no known price, and are not in the cost (docs/prices.md).");
        }
    }

    private static string Title(string name) => name switch
    {
        Cost => "#cost $",
        ToolCost => "#of tools $",
        _ => "#" + name.Replace('_', ' '),
    };

    private static string Cell(IReadOnlyDictionary<string, JsonElement> row, string name)
    {
        if (name.StartsWith(KeyTag, StringComparison.Ordinal))
        {
            return row.TryGetValue("key_tags", out JsonElement tags)
                && tags.ValueKind == JsonValueKind.Object
                && tags.TryGetProperty(name[KeyTag.Length..], out JsonElement tag)
                    ? JsonText.Cell(tag)
                    : "";
        }

        return row.TryGetValue(name, out JsonElement value) && JsonText.Cell(value) is { Length: > 0 } text ? text
            : name == "key" && row.TryGetValue("key_id", out JsonElement id) ? JsonText.Cell(id)
            : "";
    }

    private static string Sum(IReadOnlyDictionary<string, JsonElement> row, string name) => name is Cost or ToolCost
        ? Shown.Dollars(Number(row, name))
        : Shown.Count((long)Number(row, name));

    private static decimal Weight(IReadOnlyDictionary<string, JsonElement> row, string[] weighed) =>
        weighed.Sum(name => Number(row, name));

    private static string Bar(decimal weight, decimal most) =>
        most <= 0 ? "" : new string('█', (int)Math.Ceiling(WidestBar * weight / most));

    private static decimal Number(IReadOnlyDictionary<string, JsonElement> row, string name) =>
        row.TryGetValue(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetDecimal(out decimal number)
            ? number
            : 0;
}
