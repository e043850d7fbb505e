using System.Globalization;
using System.Text.Json;
using Lightport.Cli.Gateway;
using Spectre.Console;

namespace Lightport.Cli.Output;

/// <summary>Shows where a request would go.</summary>
internal static class ExplanationView
{
    public static void Show(Explanation explanation, Terminal terminal)
    {
        Line("model", explanation.Model);
        Line("endpoint", explanation.Endpoint + (explanation.Stream ? ", streamed" : ""));
        Line("route", explanation.Route);
        Line("rule", JsonText.Cell(explanation.Rule));
        Line("tag", JsonText.Cell(explanation.Tag));
        Line("denied", JsonText.Cell(explanation.Denied));
        Line("selection", explanation.Selection);
        Line("key", JsonText.Cell(explanation.Key));
        Line("retry", Fields(explanation.Retry));
        Line("timeout", Fields(explanation.Timeout));

        Show(explanation.Rules ?? [], terminal);
        Show(explanation.PassedOver ?? [], terminal);
        if (explanation.Targets is not { Count: > 0 } targets)
        {
            return;
        }

        var table = new Table("##", "target", "dialect", "mode", "url", "secret", "dropped", "error");
        int place = 0;
        foreach (ExplainedTarget target in targets)
        {
            string error = JsonText.Cell(target.Error);
            Style? look = error.Length == 0 ? null : Styles.Removed;
            string label = target.Label is null ? "" : $" ({target.Label})";
            table.Add(
                look,
                (++place).ToString(CultureInfo.InvariantCulture),
                $"{target.Provider}/{target.Model}{label}",
                target.Dialect,
                target.Mode,
                target.Url,
                target.Secret,
                Shown.List(target.Dropped, ""),
                error);
        }

        terminal.Table(table);

        void Line(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                terminal.Line($"{name,-10} {value}");
            }
        }
    }

    private static void Show(IReadOnlyList<ExplainedRule> rules, Terminal terminal)
    {
        if (rules.Count == 0)
        {
            return;
        }

        var table = new Table("##", "rule", "result");
        int place = 0;
        foreach (ExplainedRule rule in rules)
        {
            table.Add(
                rule.Result == "failed" ? Styles.Removed : null,
                (++place).ToString(CultureInfo.InvariantCulture),
                rule.Name,
                rule.Result);
        }

        terminal.Table(table);
    }

    private static void Show(IReadOnlyList<PassedOverTarget> passedOver, Terminal terminal)
    {
        if (passedOver.Count == 0)
        {
            return;
        }

        var table = new Table("passed over", "", "reason");
        foreach (PassedOverTarget target in passedOver)
        {
            string label = target.Label is null ? "" : $" ({target.Label})";
            table.Add(
                null,
                $"{target.Provider}/{target.Model}{label}",
                target.AskedLast ? "asked last" : "not asked",
                target.Reason);
        }

        terminal.Table(table);
    }

    private static string Fields(JsonElement value) => value.ValueKind == JsonValueKind.Object
        ? string.Join(", ", value.EnumerateObject().Select(field => $"{field.Name} {JsonText.Cell(field.Value)}"))
        : JsonText.Cell(value);
}
