using Lightport.Configuration.Yaml;
using Lightport.Routing;
using Lightport.Routing.Rules;

namespace Lightport.Configuration.Reading;

/// <summary>Reads one rule: <c>{ name: night, when: "now.getHours() >= 18", route: fast }</c>.</summary>
internal sealed class RuleReader(RouteBuilder routes, ConfigurationErrors errors)
{
    private const int LongestName = 64;
    private const int LongestMessage = 1_000;

    private static readonly SectionKeys Keys =
        new("name", "when", "route", "set", "tag", "deny", "share", ConditionReader.OnError);

    private static readonly Dictionary<string, RuleFailure> Failures = new(StringComparer.Ordinal)
    {
        ["next"] = RuleFailure.Next,
        ["deny"] = RuleFailure.Deny,
    };

    private readonly ConditionReader _conditions = new(routes, errors);

    /// <param name="place">What a rule without a name is called.</param>
    /// <returns>Null, and an error, where it is no rule.</returns>
    public RouteRule? Read(YamlNode item, string place)
    {
        if (Section.Read(item, "rules", Keys, errors) is not { } section)
        {
            return null;
        }

        string? name = Word(section, "name", LongestName, ".-_");
        if (name is not null && !char.IsAsciiLetter(name[0]))
        {
            errors.Add(section.Find("name")!, "a rule's name must begin with a letter.");
        }

        CheckActions(section);
        RuleFailure? onError = section.Word(ConditionReader.OnError, Failures);
        RouteRule? rule = _conditions.Read(section, onError) is { } condition
            ? new RouteRule(name ?? place, condition)
            : null;
        Route? route = section.Text("route") is { } target ? routes.Find(target, section.Find("route")!) : null;
        return rule is null ? null : rule with
        {
            Route = route,
            Set = RuleSetReader.Read(section),
            Tag = Word(section, "tag", LongestName, ".-_:/"),
            Deny = Message(section),
            Share = ShareReader.Read(section, name),
            OnError = onError ?? RuleFailure.Deny,
        };
    }

    private void CheckActions(Section section)
    {
        bool Has(string key) => section.Find(key) is not null;

        if (!Has("route") && !Has("set") && !Has("tag") && !Has("deny"))
        {
            errors.Add(section.At, "a rule needs something to do: 'route', 'set', 'tag' or 'deny'.");
        }

        if (Has("deny") && (Has("route") || Has("set")))
        {
            errors.Add(
                section.Find("deny")!, "a rule that denies a request neither routes it nor sets anything in it.");
        }
    }

    private string? Message(Section section)
    {
        string? message = section.Text("deny");
        if (message?.Length > LongestMessage)
        {
            errors.Add(section.Find("deny")!, $"rules.deny has at most {LongestMessage} characters.");
        }

        return message;
    }

    /// <summary>A word that may stand in a line of the log as it is.</summary>
    private string? Word(Section section, string key, int longest, string marks)
    {
        string? word = section.Text(key);
        if (word is not null
            && (word.Length > longest
                || !word.All(letter => char.IsAsciiLetterOrDigit(letter) || marks.Contains(letter))))
        {
            errors.Add(section.Find(key)!, $"rules.{key} must be a word of at most {longest} characters, of the "
                + $"letters a to z, digits and {string.Join(' ', marks.ToCharArray())}.");
            return null;
        }

        return word;
    }
}
