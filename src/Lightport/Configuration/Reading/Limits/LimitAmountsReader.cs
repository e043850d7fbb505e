using System.Globalization;
using Lightport.Configuration.Yaml;
using Lightport.Storage;

namespace Lightport.Configuration.Reading;

/// <summary>
/// Reads how much may be used, of a key or in a limit: <c>{ requests-per-minute: 60, budget: { usd: 5, per: day }
/// }</c>.
/// </summary>
internal static class LimitAmountsReader
{
    private const string Requests = "requests-per-minute";
    private const string Tokens = "tokens-per-minute";
    private const string Concurrent = "concurrent";
    private const string Budget = "budget";

    private const NumberStyles Money = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;

    private static readonly Dictionary<string, string> OtherWords = new(StringComparer.Ordinal)
    {
        ["rpm"] = "requests-per-minute",
        ["rpm_limit"] = "requests-per-minute",
        ["tpm"] = "tokens-per-minute",
        ["tpm_limit"] = "tokens-per-minute",
        ["max_parallel_requests"] = "concurrent",
        ["max_budget"] = "budget",
        ["max-budget"] = "budget",
    };

    private static readonly SectionKeys Keys = new("requests-per-minute", "tokens-per-minute", "concurrent", "budget")
    {
        OtherWords = OtherWords,
    };

    private static readonly SectionKeys BudgetKeys = new("usd", "per")
    {
        Example = "budget: { usd: 5, per: day }",
    };

    /// <summary>What other gateways call those keys.</summary>
    public static IReadOnlyDictionary<string, string> WordsElsewhere => OtherWords;

    /// <summary>The keys that say how much.</summary>
    public static IReadOnlyList<string> Words => Keys.Known;

    /// <summary>A mapping that says nothing else; null where nothing is written.</summary>
    public static LimitAmounts? Read(YamlNode? node, string path, ConfigurationErrors errors)
    {
        if (node is null || Section.Read(node, path, Keys, errors) is not { } section)
        {
            return null;
        }

        int before = errors.Count;
        LimitAmounts amounts = In(section);
        if (amounts.IsEmpty && errors.Count == before)
        {
            errors.Add(node, $"{path} limits nothing; say one of {string.Join(", ", Words)}.");
        }

        return amounts;
    }

    /// <summary>What a section says of amounts, among other things.</summary>
    public static LimitAmounts In(Section section) => new()
    {
        RequestsPerMinute = Count(section, Requests),
        TokensPerMinute = Count(section, Tokens),
        Concurrent = Count(section, Concurrent),
        Budgets = Budgets(section),
    };

    private static long? Count(Section section, string key)
    {
        if (section.Text(key) is not { } text)
        {
            return null;
        }

        long? count = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number)
            ? number
            : null;
        if (LimitWords.Complaint(count) is not { } complaint)
        {
            return count;
        }

        section.Errors.Add(section.Find(key)!, $"{section.Path}.{key} {complaint}.");
        return null;
    }

    /// <summary>One budget, or a list of them for several periods.</summary>
    private static List<BudgetAmount> Budgets(Section section)
    {
        var budgets = new List<BudgetAmount>();
        if (section.Find(Budget) is not { } node)
        {
            return budgets;
        }

        string path = $"{section.Path}.{Budget}";
        foreach (YamlNode item in node is SequenceNode list ? list.Items : [node])
        {
            if (Section.Read(item, path, BudgetKeys, section.Errors) is not { } written
                || OneBudget(written) is not { } budget)
            {
                continue;
            }

            if (budgets.Exists(other => other.Per == budget.Per))
            {
                section.Errors.Add(item, $"{path} has two sums for one period; the lower one is enough.");
            }

            budgets.Add(budget);
        }

        return budgets;
    }

    private static BudgetAmount? OneBudget(Section section)
    {
        decimal? usd = decimal.TryParse(section.Text("usd"), Money, CultureInfo.InvariantCulture, out decimal number)
            ? number
            : null;
        if (LimitWords.Complaint(usd) is { } complaint)
        {
            section.Errors.Add(section.Find("usd") ?? section.At, $"{section.Path}.usd {complaint}.");
        }

        if (section.Find("per") is null)
        {
            section.Errors.Add(section.At, $"{section.Path} needs 'per': day, month or ever.");
        }

        return section.Word("per", LimitWords.Periods) is { } per && usd is { } sum ? new BudgetAmount(sum, per) : null;
    }
}
