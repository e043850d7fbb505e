using System.Globalization;
using Lightport.Cli.Gateway;
using Spectre.Console;

namespace Lightport.Cli.Output;

/// <summary>Shows what a document changes.</summary>
internal static class DifferenceView
{
    /// <summary>Values no longer than this stand on one line.</summary>
    private const int ShortValue = 80;

    private static readonly (string Verb, char Sign, Style Style)[] Verbs =
    [
        ("added", '+', Styles.Added),
        ("changed", '~', Styles.Changed),
        ("removed", '-', Styles.Removed),
        ("moved", '>', Styles.Quiet),
    ];

    public static void Show(ChangeSet set, Terminal terminal)
    {
        IReadOnlyList<Change> changes = set.Changes ?? [];
        foreach (Change change in changes)
        {
            int known = Array.FindIndex(Verbs, verb => verb.Verb == change.Verb);
            (_, char sign, Style style) = known >= 0 ? Verbs[known] : ("", '?', Styles.Strong);
            terminal.Line($"{sign} {change.Verb,-7}  {change.Kind} {change.Name}", style);
            ShowValues(change, terminal);
        }

        terminal.Line(changes.Count == 0 ? "Nothing changes." : Summary(changes));
    }

    /// <summary>What the gateway takes and thinks is not meant.</summary>
    public static void Warn(ChangeSet set, Terminal terminal)
    {
        foreach (string warning in (set.Warnings ?? []).Select(JsonText.Cell))
        {
            terminal.Warn(warning);
        }
    }

    private static string Summary(IReadOnlyList<Change> changes)
    {
        IEnumerable<string> parts = changes
            .GroupBy(change => change.Verb)
            .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {group.Key}"));
        string noun = changes.Count == 1 ? "change" : "changes";
        return string.Create(CultureInfo.InvariantCulture, $"{changes.Count} {noun}: {string.Join(", ", parts)}");
    }

    private static void ShowValues(Change change, Terminal terminal)
    {
        switch (change.Before, change.After)
        {
            case ({ } before, { } after) when before != after:
                foreach ((char sign, string line) in LineDifference.Between(Lines(before, after), Lines(after, before)))
                {
                    ShowLine(sign, line, terminal);
                }

                break;
            case (null, { } after):
                ShowAll('+', after, terminal);
                break;
            case ({ } before, null):
                ShowAll('-', before, terminal);
                break;
            default:
                // Only its place is another.
                break;
        }
    }

    private static void ShowAll(char sign, string json, Terminal terminal)
    {
        foreach (string line in Lines(json).Split('\n'))
        {
            ShowLine(sign, line, terminal);
        }
    }

    private static void ShowLine(char sign, string line, Terminal terminal) => terminal.Line(
        $"    {sign} {line}",
        sign switch { '+' => Styles.Added, '-' => Styles.Removed, _ => Styles.Quiet });

    /// <summary>On one line where it and what it is compared with are short.</summary>
    private static string Lines(string json, string? other = null) =>
        json.Length <= ShortValue && !(other?.Length > ShortValue) ? json : JsonText.Pretty(json);
}
