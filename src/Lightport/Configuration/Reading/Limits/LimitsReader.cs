using System.Globalization;
using Lightport.Configuration.Yaml;
using Lightport.Limits.Rules;

namespace Lightport.Configuration.Reading;

/// <summary>
/// Reads <c>limits</c>: <c>{ name: team, per: tag.team, budget: { usd: 200, per: month }, then: { route: cheap } }</c>.
/// </summary>
internal sealed class LimitsReader(RouteBuilder routes, LimitNames names, ConfigurationErrors errors)
{
    private const string Path = "limits";
    private const string TagPrefix = "tag.";
    private const int MostLimits = 200;
    private const int LongestName = 64;
    private const int HighestAlert = 100;

    private static readonly SectionKeys Keys = new(
        ["name", "per", "match", "alerts", "then", "when-unknown", .. LimitAmountsReader.Words], [])
    {
        OtherWords = LimitAmountsReader.WordsElsewhere,
    };

    private static readonly SectionKeys ThenKeys = new("route");

    private static readonly Dictionary<string, LimitSubject> Subjects = new(StringComparer.Ordinal)
    {
        ["all"] = LimitSubject.All,
        ["key"] = LimitSubject.Key,
        ["model"] = LimitSubject.Model,
        ["provider"] = LimitSubject.Provider,
        ["route"] = LimitSubject.Route,
    };

    private static readonly Dictionary<string, bool> Choices = new(StringComparer.Ordinal)
    {
        ["open"] = true,
        ["closed"] = false,
    };

    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);

    public IReadOnlyList<LimitRule> Read(YamlNode? node)
    {
        IReadOnlyList<YamlNode> items = Section.Items(node, Path, errors);
        if (items.Count > MostLimits)
        {
            errors.Add(items[MostLimits], $"there are {items.Count} limits; {MostLimits} are the most.");
            return [];
        }

        return [.. items.Select(ReadOne).OfType<LimitRule>()];
    }

    private LimitRule? ReadOne(YamlNode item)
    {
        if (Section.Read(item, Path, Keys, errors) is not { } section)
        {
            return null;
        }

        string? name = Name(section);
        LimitSubject? per = Per(section, out string? tag);
        int before = errors.Count;
        var amounts = LimitAmountsReader.In(section);
        if (amounts.IsEmpty && errors.Count == before)
        {
            errors.Add(item, $"a limit needs an amount: {string.Join(", ", LimitAmountsReader.Words)}.");
        }

        (LimitEffect then, string? route) = Then(section);
        var rule = new LimitRule(name ?? "", per ?? LimitSubject.All, amounts)
        {
            Tag = tag,
            Match = LimitMatchReader.Read(section.Find("match"), $"{Path}.match", names, errors),
            Then = then,
            Route = route,
            Alerts = Alerts(section, amounts.Budgets.Count > 0),
            OpenWhenUnknown = section.Word("when-unknown", Choices),
        };
        if (rule.IsSoft && rule.IsOfTarget)
        {
            errors.Add(section.Find("then")!, "'then' is for limits of keys, tags, routes or all: a target that has "
                + "reached its limit is passed over, and the next one of the route is asked.");
        }

        return rule;
    }

    private string? Name(Section section)
    {
        if (section.Text("name") is not { } name)
        {
            if (section.Find("name") is null)
            {
                errors.Add(section.At, "a limit needs a 'name', which refusals and alerts call it.");
            }

            return null;
        }

        YamlNode at = section.Find("name")!;
        if (name.Length > LongestName
            || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_'))
        {
            errors.Add(at, $"limits.name must be a word of at most {LongestName} characters, of the letters a to z, "
                + "digits and . - _.");
        }
        else if (name == LimitRule.OfKey)
        {
            errors.Add(at, $"'{name}' is what the limits of a key itself are called; choose another name.");
        }
        else if (!_names.TryAdd(name, at.Line))
        {
            errors.Add(at, $"the limit on line {_names[name]} is called '{name}' too; give each its own name.");
        }

        return name;
    }

    private LimitSubject? Per(Section section, out string? tag)
    {
        tag = null;
        if (section.Find("per") is null)
        {
            errors.Add(section.At, "a limit needs 'per', whose use is counted: key, tag.<name>, model, provider, "
                + "route, or all together.");
            return null;
        }

        if (section.Text("per") is { } text && text.StartsWith(TagPrefix, StringComparison.Ordinal)
            && text.Length > TagPrefix.Length)
        {
            tag = text[TagPrefix.Length..];
            return LimitSubject.Tag;
        }

        if (section.Text("per") is { } word && !Subjects.ContainsKey(word))
        {
            errors.Add(section.Find("per")!, $"'{word}' in limits.per is not known; the words are "
                + $"{string.Join(", ", Subjects.Keys)}, and tag.<name>.");
            return null;
        }

        return section.Word("per", Subjects);
    }

    private (LimitEffect Then, string? Route) Then(Section section)
    {
        if (section.Find("then") is not { } node)
        {
            return (LimitEffect.Refuse, null);
        }

        if (node is ScalarNode { Value: "alert" })
        {
            if (section.Find("budget") is null)
            {
                errors.Add(node, "'then: alert' tells of shares of a budget, and this limit has none, so that nobody "
                    + "would be told; give it a 'budget', write { route: <model> }, or leave 'then' out to refuse "
                    + "what is over it.");
            }

            return (LimitEffect.Alert, null);
        }

        if (node is not MappingNode)
        {
            errors.Add(node, "limits.then must be { route: <model> }, or the word alert.");
            return (LimitEffect.Alert, null);
        }

        if (Section.Read(node, $"{Path}.then", ThenKeys, errors) is { } then && then.Text("route") is { } route)
        {
            routes.Find(route, then.Find("route")!);
            return (LimitEffect.Route, route);
        }

        errors.Add(node, "limits.then needs 'route', the model that requests go to instead.");
        return (LimitEffect.Alert, null);
    }

    private IReadOnlyList<int> Alerts(Section section, bool hasBudget)
    {
        if (section.Find("alerts") is not { } node)
        {
            return LimitRule.UsualAlerts;
        }

        if (!hasBudget)
        {
            errors.Add(node, "'alerts' are shares of a budget, and this limit has none.");
        }

        var shares = new SortedSet<int>();
        foreach (YamlNode item in Section.Items(node, $"{Path}.alerts", errors))
        {
            if (int.TryParse(
                    Section.TextOf(item, $"{Path}.alerts", errors),
                    NumberStyles.None,
                    CultureInfo.InvariantCulture,
                    out int share)
                && share is >= 1 and <= HighestAlert)
            {
                shares.Add(share);
            }
            else
            {
                errors.Add(item, $"limits.alerts must be whole numbers of percent from 1 to {HighestAlert}, as in "
                    + "[50, 80, 100].");
            }
        }

        return [.. shares];
    }
}
