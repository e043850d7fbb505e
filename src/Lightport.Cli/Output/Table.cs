using Spectre.Console;

namespace Lightport.Cli.Output;

/// <summary>
/// Rows under columns; numbers stand to the right. The first column names the row, and is what other commands take: it
/// is never broken, however narrow the screen.
/// </summary>
internal sealed class Table
{
    private readonly string[] _titles;
    private readonly bool[] _numbers;
    private readonly List<(string[] Cells, Style? Style)> _rows = [];

    /// <param name="titles">A column each; one that begins with <c>#</c> holds numbers.</param>
    public Table(params string[] titles)
    {
        _titles = [.. titles.Select(title => title.StartsWith('#') ? title[1..] : title)];
        _numbers = [.. titles.Select(title => title.StartsWith('#'))];
    }

    /// <param name="style">How the row looks; null for plain.</param>
    /// <param name="cells">One a column; null for nothing.</param>
    public void Add(Style? style, params string?[] cells) =>
        _rows.Add(([.. cells.Select(cell => ControlCharacters.Remove(cell ?? ""))], style));

    public Spectre.Console.Table Render(TableBorder border)
    {
        var table = new Spectre.Console.Table { Border = border };
        foreach ((string title, bool number) in _titles.Zip(_numbers))
        {
            table.AddColumn(new TableColumn(new Text(title, Styles.Strong))
            {
                Alignment = number ? Justify.Right : Justify.Left,
                NoWrap = table.Columns.Count == 0,
                Padding = new Padding(0, 0, border.Visible ? 1 : 2, 0),
            });
        }

        foreach ((string[] cells, Style? style) in _rows)
        {
            table.AddRow(cells.Select(cell => new Text(cell, style)));
        }

        return table;
    }
}
