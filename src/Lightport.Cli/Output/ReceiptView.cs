using System.Globalization;
using System.Text.Json;
using Lightport.Cli.Gateway;

namespace Lightport.Cli.Output;

/// <summary>Shows what became of a request.</summary>
internal static class ReceiptView
{
    private const decimal NanosInADollar = 1_000_000_000;

    public static void Show(Receipt receipt, Terminal terminal)
    {
        Line("id", receipt.Id);
        Line("received", Shown.Moment(receipt.ReceivedAt));
        Line("endpoint", receipt.Endpoint + (receipt.Stream ? ", streamed" : ""));
        Line("status", $"{receipt.Status}{Error(receipt.Error, " ")}");
        Line("key", receipt.Key is { } key ? Key(key) : null);
        Line("model", receipt.Model);
        Line("tool", receipt.Tool);
        Line("route", receipt.Route);
        Line("rule", receipt.Rule);
        Line("failed rules", Shown.List(receipt.FailedRules, ""));
        Line("tag", receipt.Tag);
        Line("finish", receipt.Finish);
        Line("took", Took(receipt));
        Line("cost", receipt.CostUsd is { } cost ? $"${Shown.Dollars(cost)}" : "unknown");
        Line("answer lost", Shown.List(receipt.AnswerDropped, ""));
        if (receipt.ToolRuns > 0)
        {
            string runs = receipt.ToolRuns == 1 ? "run" : "runs";
            Line("tools", $"{Shown.Count(receipt.ToolRuns)} {runs}, ${Shown.Dollars(receipt.ToolCostUsd)}");
        }

        foreach (Receipt.LeftOutFacts left in receipt.LeftOut ?? [])
        {
            Line("left out", $"{left.Name}: {left.Reason}");
        }

        foreach (Receipt.LimitFacts limit in receipt.Limits ?? [])
        {
            string asked = Amount(limit.Asked, limit.Unit);
            string used = limit.Used is { } amount ? $", used {Amount(amount, limit.Unit)}" : "";
            Line("limit", $"{limit.Limit} of {limit.Subject}: {limit.Outcome}, asked for {asked}{used}");
        }

        foreach (string passed in receipt.PassedOver ?? [])
        {
            Line("passed over", passed);
        }

        ShowAttempts(receipt.Attempts ?? [], terminal);

        void Line(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                terminal.Line($"{name,-12} {value}");
            }
        }
    }

    private static void ShowAttempts(IReadOnlyList<Receipt.Attempt> attempts, Terminal terminal)
    {
        if (attempts.Count == 0)
        {
            return;
        }

        var table = new Table(
            "##", "attempt", "account", "#at", "#waited", "#took", "#in", "#out", "#cost $", "error", "dropped");
        foreach ((int index, Receipt.Attempt attempt) in attempts.Index())
        {
            table.Add(
                attempt.Error is null ? null : Styles.Removed,
                (index + 1).ToString(CultureInfo.InvariantCulture),
                $"{attempt.Provider}/{attempt.Model}",
                attempt.Account,
                Milliseconds(attempt.StartedMs),
                Milliseconds(attempt.WaitedMs),
                Milliseconds(attempt.DurationMs),
                Tokens(attempt, "input", "cache_read", "cache_write", "input_audio"),
                Tokens(attempt, "output", "reasoning", "output_audio"),
                attempt.CostUsd is { } cost ? Shown.Dollars(cost) : attempt.Unpriced is null ? "" : "unknown",
                Error(attempt.Error, ""),
                Shown.List(attempt.Dropped, ""));
        }

        terminal.Table(table);
    }

    private static string Amount(long amount, string? unit) => unit switch
    {
        "nano_usd" => $"${Shown.Dollars(amount / NanosInADollar)}",
        "concurrent" => $"{Shown.Count(amount)} at a time",
        null => Shown.Count(amount),
        _ => $"{Shown.Count(amount)} {(amount == 1 ? unit.TrimEnd('s') : unit)}",
    };

    private static string Tokens(Receipt.Attempt attempt, params string[] classes) => attempt.Tokens is not { } tokens
        ? ""
        : Shown.Count(classes.Sum(name =>
            tokens.TryGetValue(name, out JsonElement count) && count.TryGetInt64(out long number) ? number : 0));

    private static string Key(Receipt.KeyFacts key)
    {
        string tags = Shown.Tags(key.Tags);
        return $"{key.Name} ({key.Id ?? "-"}){(tags.Length == 0 ? "" : $" {tags}")}";
    }

    private static string Took(Receipt receipt) =>
        Milliseconds(receipt.DurationMs)
        + (receipt.FirstByteMs is { } first ? $", first byte after {Milliseconds(first)}" : "");

    private static string Error(Receipt.ErrorFacts? error, string before) => error is null
        ? ""
        : $"{before}{error.Kind} ({error.Stage}, {error.Status}{(error.Code is null ? "" : $", {error.Code}")})";

    private static string Milliseconds(double milliseconds) =>
        milliseconds.ToString("#,0.##", CultureInfo.InvariantCulture) + " ms";
}
