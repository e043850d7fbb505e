using Lightport.Configuration.Yaml;
using Lightport.Routing.Rules;

namespace Lightport.Configuration.Reading;

/// <summary>Reads <c>rules</c>, and refuses one that nothing can come to because of those before it.</summary>
internal sealed class RulesReader
{
    private const int MostRules = 1_000;

    private readonly ConfigurationErrors _errors;
    private readonly RuleReader _reader;
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _conditions = new(StringComparer.Ordinal);
    private int? _takesAll;

    private RulesReader(RouteBuilder routes, ConfigurationErrors errors)
    {
        _errors = errors;
        _reader = new RuleReader(routes, errors);
    }

    public static RuleList Read(YamlNode? node, RouteBuilder routes, ConfigurationErrors errors)
    {
        IReadOnlyList<YamlNode> items = Section.Items(node, "rules", errors);
        if (items.Count == 0)
        {
            return RuleList.None;
        }

        if (items.Count > MostRules)
        {
            errors.Add(items[MostRules], $"there are {items.Count} rules; {MostRules} are the most.");
            return RuleList.None;
        }

        return new RulesReader(routes, errors).Read(items);
    }

    private RuleList Read(IReadOnlyList<YamlNode> items)
    {
        var rules = new List<RouteRule>(items.Count);
        for (int i = 0; i < items.Count; i++)
        {
            if (_reader.Read(items[i], $"#{i + 1}") is { } rule)
            {
                CheckName(rule, items[i]);
                CheckReach(rule, items[i]);
                rules.Add(rule);
            }
        }

        return new RuleList(rules);
    }

    private void CheckName(RouteRule rule, YamlNode item)
    {
        if (!_names.TryAdd(rule.Name, item.Line))
        {
            _errors.Add(
                item, $"the rule on line {_names[rule.Name]} is called '{rule.Name}' too; give each its own name.");
        }
    }

    /// <summary>
    /// Behind a rule that takes every request, or the same ones, a rule would never be asked, and its author would not
    /// know.
    /// </summary>
    private void CheckReach(RouteRule rule, YamlNode item)
    {
        if (_takesAll is { } line)
        {
            _errors.Add(item, $"no request comes to this rule: the one on line {line} takes them all.");
        }
        else if (_conditions.TryGetValue(rule.Condition.Text, out int same))
        {
            _errors.Add(item, $"no request comes to this rule: the one on line {same} has the same condition.");
        }

        if (rule.Share is null)
        {
            _conditions.TryAdd(rule.Condition.Text, item.Line);
            _takesAll ??= RuleReach.IsAlwaysTrue(rule.Condition) ? item.Line : null;
        }
    }
}
