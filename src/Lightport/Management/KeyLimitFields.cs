using System.Text.Json;
using Lightport.Conversation;
using Lightport.Storage;

namespace Lightport.Management;

/// <summary>
/// Reads how much a key may use: <c>{ "requests_per_minute": 60, "budgets": [{ "usd": 5, "per": "day" }] }</c>.
/// </summary>
internal static class KeyLimitFields
{
    private const string Known = "requests_per_minute, tokens_per_minute, concurrent and budgets";

    /// <returns>Null where the field takes the limits away.</returns>
    /// <exception cref="GatewayException">A 400 that names the field.</exception>
    public static LimitAmounts? Read(JsonProperty field)
    {
        if (field.Value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var amounts = LimitAmounts.None;
        foreach (JsonProperty amount in Fields(field.Value, field.Name))
        {
            string path = $"{field.Name}.{amount.Name}";
            amounts = amount.Name switch
            {
                "requests_per_minute" => amounts with { RequestsPerMinute = Count(amount, path) },
                "tokens_per_minute" => amounts with { TokensPerMinute = Count(amount, path) },
                "concurrent" => amounts with { Concurrent = Count(amount, path) },
                "budgets" => amounts with { Budgets = Budgets(amount.Value, path) },
                _ => throw Refuse(field.Name, $"holds a field that is not known; limits have {Known}"),
            };
        }

        return amounts.IsEmpty ? throw Refuse(field.Name, $"must limit something, by {Known}, or be null") : amounts;
    }

    private static JsonElement.ObjectEnumerator Fields(JsonElement value, string path) =>
        value.ValueKind == JsonValueKind.Object
            ? value.EnumerateObject()
            : throw Refuse(path, "must be an object");

    private static long? Count(JsonProperty amount, string path)
    {
        if (amount.Value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        long? count = amount.Value.ValueKind == JsonValueKind.Number && amount.Value.TryGetInt64(out long number)
            ? number
            : null;
        return LimitWords.Complaint(count) is { } complaint ? throw Refuse(path, complaint) : count;
    }

    private static List<BudgetAmount> Budgets(JsonElement list, string path)
    {
        var budgets = new List<BudgetAmount>();
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > LimitWords.Periods.Count)
        {
            throw Refuse(path, "must be a list with one budget for each of day, month and ever at most");
        }

        foreach (JsonElement item in list.EnumerateArray())
        {
            BudgetAmount budget = Budget(item, path);
            budgets.Add(budgets.Exists(other => other.Per == budget.Per)
                ? throw Refuse(path, "has two sums for one period; the lower one is enough")
                : budget);
        }

        return budgets;
    }

    private static BudgetAmount Budget(JsonElement item, string path)
    {
        decimal? usd = null;
        BudgetPeriod? per = null;
        foreach (JsonProperty field in Fields(item, path))
        {
            switch (field.Name)
            {
                case "usd" when field.Value.ValueKind == JsonValueKind.Number
                    && field.Value.TryGetDecimal(out decimal sum):
                    usd = sum;
                    break;
                case "per" when field.Value.ValueKind == JsonValueKind.String
                    && LimitWords.Periods.TryGetValue(field.Value.GetString()!, out BudgetPeriod period):
                    per = period;
                    break;
                default:
                    throw Refuse(path, "must have 'usd', a number, and 'per': day, month or ever");
            }
        }

        return LimitWords.Complaint(usd) is { } complaint ? throw Refuse($"{path}.usd", complaint)
            : per is { } known ? new BudgetAmount(usd!.Value, known)
            : throw Refuse(path, "must have 'usd', a number, and 'per': day, month or ever");
    }

    private static GatewayException Refuse(string path, string what) =>
        GatewayException.BadRequest($"'{path}' {what}.", path, "invalid_field");
}
