using System.Globalization;
using System.Text.Json.Nodes;

namespace Lightport.Cli.Input;

/// <summary>Amounts as people write them: <c>requests-per-minute=60</c>, <c>budget=5/day</c>.</summary>
internal static class KeyLimits
{
    private const string Budget = "budget";
    private static readonly string[] Rates = ["requests-per-minute", "tokens-per-minute", "concurrent"];

    /// <exception cref="CommandFailure">One of them makes no sense; what is out of bounds the gateway says.</exception>
    public static JsonObject Read(string[] limits)
    {
        var read = new JsonObject();
        var budgets = new JsonArray();
        foreach (string limit in limits)
        {
            string[] parts = limit.Split('=', 2);
            if (parts is [Budget, var sum])
            {
                budgets.Add((JsonNode)BudgetOf(sum));
            }
            else if (parts is [{ Length: > 0 } unknown, _] && !Rates.Contains(unknown.Replace('_', '-')))
            {
                throw new CommandFailure(
                    ExitCodes.WrongUse,
                    $"'{unknown}' is no limit; --limit takes {string.Join(", ", Rates)} and {Budget}, "
                    + "as in requests-per-minute=60 or budget=5/day.");
            }
            else if (parts is not [{ Length: > 0 } name, var amount]
                || !long.TryParse(amount, NumberStyles.None, CultureInfo.InvariantCulture, out long count)
                || !read.TryAdd(name.Replace('-', '_'), count))
            {
                throw Wrong(limit);
            }
        }

        if (budgets.Count > 0)
        {
            read["budgets"] = budgets;
        }

        return read;
    }

    private static JsonObject BudgetOf(string sum) =>
        sum.Split('/') is [var usd, { Length: > 0 } per]
        && decimal.TryParse(usd, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal dollars)
            ? new JsonObject { ["usd"] = dollars, ["per"] = per }
            : throw Wrong($"{Budget}={sum}");

    private static CommandFailure Wrong(string limit) => new(
        ExitCodes.WrongUse,
        "--limit takes name=amount, each name once, as in requests-per-minute=60 or budget=5/day; "
        + $"'{limit}' is not that.");
}
