using System.Globalization;
using Lightport.Configuration.Yaml;
using Lightport.Routing;
using Lightport.Routing.Selection;

namespace Lightport.Configuration.Reading;

/// <summary>
/// Reads <c>models</c>, entry by entry; what the names in it stand for is <see cref="RouteBuilder"/>'s to find.
/// </summary>
internal static class ModelsReader
{
    private const int LongestName = 256;
    private const string UnreadableKey = "unreadable-state";
    private const string ToolsKey = "tools";
    private const string NativeKey = "native-mcp";
    private const string MostToolsKey = "most-tools";
    private const string ToolSearchKey = "tool-search";
    private const int MostTools = 512;
    private const string RateElsewhere =
        "how much a model may be used stands under 'limits', "
        + "as in { name: small, per: route, requests-per-minute: 10 }.";

    /// <summary>Whether a request with state that its target cannot read is refused.</summary>
    private static readonly Dictionary<string, bool> UnreadableWords = new() { ["strip"] = false, ["refuse"] = true };

    private static readonly SectionKeys Keys = new(
        SelectionReader.Key, "targets", "fallback", "fallback-on", "retry", "breaker", "hedge", ShadowReader.Key,
        "timeout", UnreadableKey, "unsupported", ContextReader.Key, ToolsKey, MostToolsKey, ToolSearchKey, NativeKey,
        RoundsReader.Key)
    {
        OtherWords = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["strategy"] = "select",
            ["policy"] = "select",
            ["routing_strategy"] = "select",
            ["retries"] = "retry",
            ["num_retries"] = "retry",
            ["mcp"] = "tools",
            ["model"] = "targets",
            ["litellm_params"] = "targets",
            ["request_timeout"] = "timeout",
            ["allowed_fails"] = "breaker",
            ["cooldown_time"] = "breaker",
        },
        SaidElsewhere = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["rpm"] = RateElsewhere,
            ["tpm"] = RateElsewhere,
            ["max_parallel_requests"] = RateElsewhere,
        },
    };

    public static IReadOnlyList<ModelEntry> Read(YamlNode? node, ConfigurationErrors errors)
    {
        var entries = new List<ModelEntry>();
        foreach ((ScalarNode name, YamlNode value) in Section.Entries(node, "models", errors))
        {
            if (NameError(name.Value) is { } error)
            {
                errors.Add(name, error);
            }
            else if (ReadEntry(name, value, errors) is { } entry)
            {
                entries.Add(entry);
            }
        }

        return entries;
    }

    private static string? NameError(string name) => name switch
    {
        { Length: 0 or > LongestName } => $"a model's name must have from 1 to {LongestName} characters.",
        _ when name.Count(letter => letter == '*') > 1 =>
            $"the model name '{name}' has more than one star; use one at most.",
        _ when name.Any(letter => char.IsControl(letter) || char.IsWhiteSpace(letter)) =>
            "a model's name must have no spaces and no control characters.",
        _ => null,
    };

    private static ModelEntry? ReadEntry(ScalarNode name, YamlNode node, ConfigurationErrors errors)
    {
        string path = $"models.{name.Value}";
        var bare = new Route(name.Value, []);
        switch (node)
        {
            case ScalarNode:
                return Section.TextOf(node, path, errors) is { } alias
                    ? new ModelEntry(name, [new ModelReference(alias, node)], FallbackReferences.None, bare)
                    : null;
            case SequenceNode:
                IReadOnlyList<ModelReference> list = TargetReader.ReadList(node, path, errors);
                SelectionReader.CheckWeights(bare.Selection, list, path, errors);
                return new ModelEntry(name, list, FallbackReferences.None, bare);
            default:
                return Section.Read(node, path, Keys, errors) is { } section ? ReadWhole(name, section, bare) : null;
        }
    }

    private static ModelEntry? ReadWhole(ScalarNode name, Section section, Route bare)
    {
        ConfigurationErrors errors = section.Errors;
        string path = section.Path;
        if (section.Find("targets") is not { } targets)
        {
            errors.Add(name, $"{path} needs 'targets', as in targets: [openai/gpt-4o-mini].");
            return null;
        }

        IReadOnlyList<ModelReference> own = TargetReader.ReadList(targets, $"{path}.targets", errors);
        List<ModelReference> context = TakenNames.Read(section, ContextReader.Key);
        List<ModelReference> tools = TakenNames.Read(section, ToolsKey);
        return new ModelEntry(name, own, FallbackReader.Read(section), bare with
        {
            Selection = SelectionReader.Read(section, own) ?? bare.Selection,
            Retry = section.Find("retry") is { } retry ? RetryReader.Read(retry, $"{path}.retry", errors) : bare.Retry,
            Breaker = section.Find("breaker") is { } breaker
                ? BreakerReader.Read(breaker, $"{path}.breaker", errors)
                : bare.Breaker,
            Hedge = section.Find("hedge") is { } hedge ? HedgeReader.Read(hedge, $"{path}.hedge", errors) : null,
            Timeouts = section.Find("timeout") is { } timeout
                ? TimeoutReader.Read(timeout, $"{path}.timeout", errors)
                : bare.Timeouts,
            DropUnsupported = Unsupported(section),
            RefusesUnreadableState = section.Word(UnreadableKey, UnreadableWords) ?? false,
            Context = [.. context.Select(source => source.Text)],
            Tools = [.. tools.Select(server => server.Text)],
            NativeMcp = section.Boolean(NativeKey),
            MostTools = ToolCount(section) ?? bare.MostTools,
            SearchesTools = section.Boolean(ToolSearchKey) ?? bare.SearchesTools,
            Rounds = RoundsReader.Read(section.Find(RoundsReader.Key), $"{path}.{RoundsReader.Key}", errors),
        })
        {
            Context = context,
            Tools = tools,
            Shadow = ShadowReader.Read(section),
        };
    }

    private static int? ToolCount(Section section)
    {
        if (section.Text(MostToolsKey) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int most)
            && most is >= 1 and <= MostTools)
        {
            return most;
        }

        section.Errors.Add(
            section.Find(MostToolsKey)!, $"{section.Path}.{MostToolsKey} must be a number from 1 to {MostTools}.");
        return null;
    }

    private static bool? Unsupported(Section section)
    {
        string? policy = section.Text("unsupported");
        if (policy is not null and not "drop" and not "reject")
        {
            section.Errors.Add(section.Find("unsupported")!, $"{section.Path}.unsupported must be drop or reject.");
        }

        return policy is null ? null : policy == "drop";
    }
}
