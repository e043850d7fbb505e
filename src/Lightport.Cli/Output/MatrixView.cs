using Lightport.Conformance.Pages;
using Lightport.Conformance.Running;
using Spectre.Console;

namespace Lightport.Cli.Output;

/// <summary>The matrix of a gateway, a table for each dialect that clients speak, then what failed.</summary>
internal static class MatrixView
{
    public static void Show(Matrix matrix, Terminal terminal)
    {
        foreach (IGrouping<string, Cell> client in matrix.Cells.GroupBy(cell => cell.Client))
        {
            string[] providers = [.. client.Where(cell => !cell.IsMove).Select(cell => cell.Provider).Distinct()];
            var table = new Table([$"{client.Key} client", .. providers]);
            foreach (IGrouping<string, Cell> row in client.Where(cell => !cell.IsMove).GroupBy(cell => cell.Title))
            {
                table.Add(Look(row), [row.Key, .. row.GroupBy(cell => cell.Provider).Select(Word)]);
            }

            terminal.Table(table);
            var moves = new Table("a session that moves", "");
            foreach (IGrouping<string, Cell> route in client.Where(cell => cell.IsMove).GroupBy(cell => cell.Provider))
            {
                moves.Add(Look(route), route.Key, Word(route));
            }

            terminal.Table(moves);
            terminal.Line();
        }

        foreach (Cell cell in matrix.Cells.Where(cell => cell.Verdict.Outcome == Outcome.Failed))
        {
            terminal.Line(
                $"{cell.Client} → {cell.Provider}, {cell.Title}, {cell.Form}: {cell.Verdict.Detail}", Styles.Removed);
        }

        terminal.Line(MatrixPage.Summary(matrix), matrix.IsConforming ? Styles.Added : Styles.Removed);
    }

    private static Style? Look(IEnumerable<Cell> cells) =>
        cells.Any(cell => cell.Verdict.Outcome == Outcome.Failed) ? Styles.Removed : null;

    /// <summary>The worse of whole and streamed.</summary>
    private static string Word(IEnumerable<Cell> cells) => cells.MaxBy(cell => cell.Verdict.Outcome)!.Verdict switch
    {
        { Outcome: Outcome.Passed } => "ok",
        { Outcome: Outcome.Loses } verdict => $"ok without {verdict.Detail}",
        { Outcome: Outcome.Refused } verdict => $"refused: {verdict.Detail}",
        { Outcome: Outcome.Unsaid } => "-",
        _ => "FAILED",
    };
}
