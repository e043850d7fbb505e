using Lightport.Configuration.Yaml;
using Lightport.Limits.Rules;
using Lightport.Routing;

namespace Lightport.Configuration.Reading;

/// <summary>Reads what a limit is for: <c>match: { tags: { tier: free }, model: ["gpt-*"] }</c>.</summary>
internal static class LimitMatchReader
{
    private static readonly char[] Wildcards = ['*', '?'];

    private static readonly SectionKeys Keys = new("key", "tags", "model", "provider", "route");

    public static LimitMatch Read(YamlNode? node, string path, LimitNames known, ConfigurationErrors errors)
    {
        if (node is null || Section.Read(node, path, Keys, errors) is not { } section)
        {
            return LimitMatch.Everything;
        }

        var tags = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach ((ScalarNode tag, YamlNode value) in Section.Entries(section.Find("tags"), $"{path}.tags", errors))
        {
            tags[tag.Value] = Globs(value, $"{path}.tags.{tag.Value}", errors);
        }

        Warn(section, "provider", known.Providers, known.Providers.Contains);
        Warn(section, "route", known.Routes, known.HasRoute);
        if (known.Keys is { } keys)
        {
            Warn(section, "key", keys, keys.Contains);
        }

        return new LimitMatch
        {
            Keys = Names(section, "key"),
            Tags = tags,
            Models = Names(section, "model"),
            Providers = Names(section, "provider"),
            Routes = Names(section, "route"),
        };
    }

    private static IReadOnlyList<string> Names(Section section, string key) =>
        section.Find(key) is { } node ? Globs(node, $"{section.Path}.{key}", section.Errors) : [];

    /// <summary>A limit on a misspelt name limits nobody, and nothing else would tell.</summary>
    private static void Warn(Section section, string key, IReadOnlySet<string> known, Func<string, bool> isKnown)
    {
        IReadOnlyList<YamlNode> named = section.Find(key) switch
        {
            null => [],
            SequenceNode list => list.Items,
            var one => [one],
        };
        foreach (ScalarNode name in named.OfType<ScalarNode>())
        {
            if (name.Value.IndexOfAny(Wildcards) < 0 && !isKnown(name.Value))
            {
                string near = NearNames.Question(name.Value, known);
                section.Errors.Warn(name, $"{section.Path}.{key} names '{name.Value}', which is no {key} here"
                    + (near.Length > 0 ? near : ", so that nothing of it is limited."));
            }
        }
    }

    /// <summary>One name, or a list of them.</summary>
    private static IReadOnlyList<string> Globs(YamlNode node, string path, ConfigurationErrors errors)
    {
        if (node is SequenceNode { Items.Count: 0 })
        {
            errors.Add(node, $"{path} is an empty list, which nothing fits; leave it out for all.");
        }

        return [.. (node is SequenceNode list ? list.Items : [node])
            .Select(item => Section.TextOf(item, path, errors))
            .OfType<string>()];
    }
}
