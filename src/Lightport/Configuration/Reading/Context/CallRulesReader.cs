using Lightport.Cel;
using Lightport.Configuration.Yaml;
using Lightport.Routing.Rules;

namespace Lightport.Configuration.Reading;

/// <summary>
/// Reads <c>mcp.rules</c>: <c>[{ when: "call.server == 'crm' &amp;&amp; key.name != 'sales'", deny: Ask sales. }]</c>.
/// </summary>
internal static class CallRulesReader
{
    public const string Key = "rules";

    private const string Path = "mcp.rules";
    private const string WhenKey = "when";
    private const string DenyKey = "deny";
    private const int MostRules = 1_000;
    private const int LongestMessage = 1_000;
    private const int LongestName = 64;

    private static readonly SectionKeys Keys = new("name", WhenKey, DenyKey)
    {
        Example = "{ when: \"call.server == 'crm'\", deny: Not for you. }",
    };

    /// <param name="mcp">The whole section; null where there is none.</param>
    public static RuleList Read(YamlNode? mcp, ConfigurationErrors errors)
    {
        IReadOnlyList<YamlNode> items = mcp is MappingNode section && section.Find(Key) is { } list
            ? Section.Items(list, Path, errors)
            : [];
        if (items.Count > MostRules)
        {
            errors.Add(items[MostRules], $"there are {items.Count} rules; {MostRules} are the most.");
            return RuleList.None;
        }

        var rules = new List<RouteRule>(items.Count);
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < items.Count; i++)
        {
            if (Read(items[i], $"mcp#{i + 1}", errors) is { } rule)
            {
                rules.Add(rule);
                if (!names.Add(rule.Name))
                {
                    errors.Add(items[i], $"another rule is called '{rule.Name}' too; give each its own name.");
                }
            }
        }

        return rules.Count == 0 ? RuleList.None : new RuleList(rules);
    }

    private static RouteRule? Read(YamlNode item, string place, ConfigurationErrors errors)
    {
        if (Section.Read(item, Path, Keys, errors) is not { } section)
        {
            return null;
        }

        string? message = section.Text(DenyKey);
        if (message is null or { Length: > LongestMessage })
        {
            errors.Add(
                section.Find(DenyKey) ?? section.At,
                $"a rule of {Path} needs '{DenyKey}', what is told to whom it refuses, of at most {LongestMessage} "
                + "characters.");
        }

        string? name = section.Text("name");
        if (name is not null && (name.Length > LongestName || !name.All(IsOfName)))
        {
            errors.Add(section.Find("name")!, $"{Path}.name must be a word of at most {LongestName} letters, digits, "
                + "'.', '-' and '_'.");
            return null;
        }

        return Condition(section, errors) is { } condition && message is not null
            ? new RouteRule(name ?? place, condition) { Deny = message }
            : null;
    }

    private static CelProgram? Condition(Section section, ConfigurationErrors errors)
    {
        if (section.Text(WhenKey) is not { } text)
        {
            errors.Add(section.Find(WhenKey) ?? section.At, $"a rule of {Path} needs '{WhenKey}', a condition.");
            return null;
        }

        var node = (ScalarNode)section.Find(WhenKey)!;
        if (ExpressionReader.Compile(text, node, 0, errors, CallLanguage.Environment) is not { } condition)
        {
            return null;
        }

        if (condition.ResultType.Kind != CelTypeKind.Bool)
        {
            errors.Add(node, $"a rule's condition must be true or false, but this is {condition.ResultType}.");
        }

        foreach (string problem in condition.Reads.Select(ConditionReader.HeaderProblem).OfType<string>().Distinct())
        {
            errors.Add(node, problem);
        }

        if (condition.Reads.FirstOrDefault(RuleReads.MayFail) is { } unguarded)
        {
            errors.Warn(node, $"'{unguarded.Path}' is not there in every call, and this rule refuses those without it; "
                + $"to let them pass, look first, as in {RuleReads.Guard(unguarded)}.");
        }

        if (condition.Reads.Any(read => read.Path.StartsWith("key.spend", StringComparison.Ordinal)))
        {
            errors.Add(node, "key.spend is for the rules of models; a budget holds calls, with 'limits'.");
        }

        return condition;
    }

    private static bool IsOfName(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_';
}
