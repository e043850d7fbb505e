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
        string by = JsonText.Cell(explanation.By);
        Line("selection", by.Length == 0 ? explanation.Selection : $"{explanation.Selection} by {by}");
        Line("key", JsonText.Cell(explanation.Key));
        Line("retry", Fields(explanation.Retry));
        Line("timeout", Fields(explanation.Timeout));
        foreach ((string kind, IReadOnlyList<string> listed) in explanation.FallbackOn ?? [])
        {
            Line("fallback", $"on {kind}: {Shown.List(listed, "")}");
        }

        Line("hedge", JsonText.Cell(explanation.Hedge));
        Line("shadow", explanation.Shadow is { } shadow ? Shadow(shadow) : null);
        Line("breaker", Fields(explanation.Breaker));
        Line("wishes", Shown.List(explanation.Preferences, ""));

        foreach (ExplainedLimit limit in explanation.Limits ?? [])
        {
            string left = limit.Left is { } amount ? Number(amount) : "an unknown part";
            Line(
                "limit",
                $"{limit.Limit} of {limit.Subject}: {left} of {Number(limit.Most)} {limit.Measure} left, "
                + $"then {limit.Then}");
            foreach (string refused in limit.Unbounded ?? [])
            {
                Line("", $"refused whatever is left: {refused}");
            }
        }

        ShowRules(explanation.Rules ?? [], terminal);
        ShowOrder(explanation.Targets ?? [], terminal);
        ShowCalls(explanation.Targets ?? [], terminal);
        ShowPassedOver(explanation.PassedOver ?? [], terminal);
        AdditionsView.Show(explanation, terminal);

        void Line(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                terminal.Line($"{name,-10} {value}");
            }
        }
    }

    private static string Shadow(ExplainedShadow shadow)
    {
        string share = string.Create(CultureInfo.InvariantCulture, $"{shadow.Share * 100:0.##}% copied");
        return $"{shadow.Target}, {(shadow.Problem is { } problem ? $"never for this one: {problem}" : share)}";
    }

    private static string Number(decimal amount) => amount.ToString("0.#########", CultureInfo.InvariantCulture);

    private static void ShowRules(IReadOnlyList<ExplainedRule> rules, Terminal terminal)
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

    /// <summary>Why each target stands where it does.</summary>
    private static void ShowOrder(IReadOnlyList<ExplainedTarget> targets, Terminal terminal)
    {
        if (targets.Count == 0)
        {
            return;
        }

        var table = new Table("##", "target", "account", "role", "why");
        int place = 0;
        foreach (ExplainedTarget target in targets)
        {
            string away = JsonText.Cell(target.Away);
            string why = JsonText.Cell(target.Why);
            table.Add(
                away.Length == 0 ? null : Styles.Removed,
                (++place).ToString(CultureInfo.InvariantCulture),
                Name(target),
                JsonText.Cell(target.Account),
                target.Role,
                why.Length > 0 && away.Length > 0 ? $"{why}; {away}" : why + away);
        }

        terminal.Table(table);
    }

    /// <summary>How the request would be put to each.</summary>
    private static void ShowCalls(IReadOnlyList<ExplainedTarget> targets, Terminal terminal)
    {
        if (targets.Count == 0)
        {
            return;
        }

        var table = new Table("##", "call", "dialect", "mode", "url", "secret", "dropped", "error");
        int place = 0;
        foreach (ExplainedTarget target in targets)
        {
            string error = JsonText.Cell(target.Error);
            table.Add(
                error.Length == 0 ? null : Styles.Removed,
                (++place).ToString(CultureInfo.InvariantCulture),
                Name(target),
                target.Dialect,
                target.Mode,
                target.Url,
                target.Secret,
                Shown.List(target.Dropped, ""),
                error);
        }

        terminal.Table(table);
    }

    private static void ShowPassedOver(IReadOnlyList<PassedOverTarget> passedOver, Terminal terminal)
    {
        if (passedOver.Count == 0)
        {
            return;
        }

        var table = new Table("passed over", "account", "", "reason");
        foreach (PassedOverTarget target in passedOver)
        {
            string label = target.Label is null ? "" : $" ({target.Label})";
            string account = JsonText.Cell(target.Account);
            table.Add(
                null,
                $"{target.Provider}/{target.Model}{label}",
                account,
                target.AskedLast ? "asked last" : "not asked",
                target.Reason);
        }

        terminal.Table(table);
    }

    private static string Name(ExplainedTarget target) =>
        $"{target.Provider}/{target.Model}{(target.Label is null ? "" : $" ({target.Label})")}";

    private static string Fields(JsonElement value) => value.ValueKind == JsonValueKind.Object
        ? string.Join(
            ", ",
            value.EnumerateObject()
                .Where(field => field.Value.ValueKind != JsonValueKind.Null)
                .Select(field => $"{field.Name} {JsonText.Cell(field.Value)}"))
        : JsonText.Cell(value);
}
