using System.Text;
using Lightport.Conformance.Running;

namespace Lightport.Conformance.Pages;

/// <summary>The matrix as a page of documentation.</summary>
public static class MatrixPage
{
    /// <summary>Writes the tables, one a client, in Markdown.</summary>
    public static string Write(Matrix matrix)
    {
        var page = new StringBuilder();
        page.Append($"{matrix.Cells.Count} cells: {Summary(matrix)}.\n");
        foreach (IGrouping<string, Cell> client in matrix.Cells.GroupBy(cell => cell.Client))
        {
            page.Append($"\n## Clients of `{client.Key}`\n\n");
            ILookup<bool, Cell> cells = client.ToLookup(cell => cell.IsMove);
            Table(page, cells[false]);
            Moves(page, cells[true]);
        }

        return page.ToString();
    }

    /// <summary>How many cells came out how.</summary>
    public static string Summary(Matrix matrix) =>
        $"{matrix.Count(Outcome.Passed)} passed, {matrix.Count(Outcome.Loses)} lose what they name, "
        + $"{matrix.Count(Outcome.Refused)} are refused by name, {matrix.Count(Outcome.Unsaid)} cannot be said, "
        + $"{matrix.Count(Outcome.Failed)} failed";

    private static void Table(StringBuilder page, IEnumerable<Cell> cells)
    {
        string[] providers = [.. cells.Select(cell => cell.Provider).Distinct()];
        page.Append($"| case | {string.Join(" | ", providers.Select(provider => $"`{provider}`"))} |\n");
        page.Append($"|---|{string.Concat(Enumerable.Repeat("---|", providers.Length))}\n");
        foreach (IGrouping<string, Cell> row in cells.GroupBy(cell => cell.Title))
        {
            IEnumerable<string> texts = row.GroupBy(cell => cell.Provider).Select(pair => Text([.. pair]));
            page.Append($"| {row.Key} | {string.Join(" | ", texts)} |\n");
        }
    }

    private static void Moves(StringBuilder page, IEnumerable<Cell> cells)
    {
        page.Append("\n| a session that moves | |\n|---|---|\n");
        foreach (IGrouping<string, Cell> route in cells.GroupBy(cell => cell.Provider))
        {
            page.Append($"| {route.Key} | {Text([.. route])} |\n");
        }
    }

    /// <summary>Whole and streamed in one where they came out alike.</summary>
    private static string Text(Cell[] cells) =>
        cells.Select(cell => cell.Verdict).Distinct().Count() == 1
            ? Text(cells[0].Verdict)
            : string.Join("<br>", cells.Select(cell => $"{cell.Form}: {Text(cell.Verdict)}"));

    private static string Text(Verdict verdict) => verdict.Outcome switch
    {
        Outcome.Passed => "✓",
        Outcome.Loses => $"✓ without {verdict.Detail}",
        Outcome.Refused => $"refused: {verdict.Detail}",
        Outcome.Unsaid => $"– ({verdict.Detail})",
        _ => $"✗ {verdict.Detail.Replace('|', '/').ReplaceLineEndings(" ")}",
    };
}
