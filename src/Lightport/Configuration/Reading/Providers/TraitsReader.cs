using System.Globalization;
using Lightport.Configuration.Yaml;
using Lightport.Providers;

namespace Lightport.Configuration.Reading;

/// <summary>
/// Reads <c>traits</c> of a provider or a target: what this installation knows of a model better than the built-in
/// data, as in <c>traits: { system-turns: in-place, thinking: effort, efforts: [low, high] }</c>.
/// </summary>
internal static class TraitsReader
{
    public const string Key = "traits";

    private static readonly SectionKeys Keys = new(TraitWords.Keys, []);

    public static Traits Read(Section owner) =>
        owner.Find(Key) is { } node && Section.Read(node, $"{owner.Path}.{Key}", Keys, owner.Errors) is { } section
            ? ReadKeys(section)
            : Traits.Unsaid;

    /// <summary>Those that stand among a section's keys.</summary>
    public static Traits ReadKeys(Section section) => new()
    {
        MaxOutputTokens = Count(section, TraitWords.MaxOutputTokensKey),
        ContextLength = Count(section, TraitWords.ContextLengthKey),
        TokensPerSecond = Count(section, TraitWords.TokensPerSecondKey),
        Tools = section.Boolean(TraitWords.ToolsKey),
        Input = Words(
            section, TraitWords.InputKey, TraitWords.Inputs, "for a model that takes text alone say '[text]'"),
        Thinking = Word(section, TraitWords.ThinkingKey, TraitWords.Thinking),
        Efforts = Words(
            section, TraitWords.EffortsKey, TraitWords.Efforts, "for a model that does not think say 'thinking: none'"),
        StructuredOutput = section.Boolean(TraitWords.StructuredOutputKey),
        ForcedTools = section.Boolean(TraitWords.ForcedToolsKey),
        SignedCalls = section.Boolean(TraitWords.SignedCallsKey),
        BindsThinking = section.Boolean(TraitWords.BindsThinkingKey),
        MediaInResults = section.Boolean(TraitWords.MediaInResultsKey),
        SchemaBesideTools = section.Boolean(TraitWords.SchemaBesideToolsKey),
        Sampling = section.Boolean(TraitWords.SamplingKey),
        SystemTurns = Word(section, TraitWords.SystemTurnsKey, TraitWords.SystemTurns),
        DeveloperRole = section.Boolean(TraitWords.DeveloperRoleKey),
        StreamUsage = section.Boolean(TraitWords.StreamUsageKey),
        SafetyIdentifier = section.Boolean(TraitWords.SafetyIdentifierKey),
        CustomTools = section.Boolean(TraitWords.CustomToolsKey),
        ReasoningField = Word(section, TraitWords.ReasoningFieldKey, TraitWords.ReasoningFields),
        CacheBreakpoints = section.Boolean(TraitWords.CacheBreakpointsKey),
        Endpoint = section.Text(TraitWords.EndpointKey),
        EndpointAlways = section.Boolean(TraitWords.EndpointAlwaysKey),
    };

    private static int? Count(Section section, string key)
    {
        if (section.Text(key) is not { } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0)
        {
            return count;
        }

        section.Errors.Add(section.Find(key)!, $"{section.Path}.{key} must be a whole number above 0.");
        return null;
    }

    private static string? Word(Section section, string key, IReadOnlyList<string> words)
    {
        string? word = section.Text(key);
        return word is null || IsOneOf(words, word, section, key, section.Find(key)!) ? word : null;
    }

    /// <summary>In the order of the scale, whatever order they were written in.</summary>
    /// <param name="empty">What to say in place of none.</param>
    private static List<string>? Words(Section section, string key, IReadOnlyList<string> scale, string empty)
    {
        if (section.Find(key) is not { } node)
        {
            return null;
        }

        string path = $"{section.Path}.{key}";
        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach (YamlNode item in Section.Items(node, path, section.Errors))
        {
            if (Section.TextOf(item, path, section.Errors) is { } word && IsOneOf(scale, word, section, key, item))
            {
                words.Add(word);
            }
        }

        if (node is SequenceNode { Items.Count: 0 } or { IsNull: true })
        {
            section.Errors.Add(node, $"{path} is empty; {empty}.");
        }

        return [.. scale.Where(words.Contains)];
    }

    private static bool IsOneOf(IReadOnlyList<string> words, string word, Section section, string key, YamlNode at)
    {
        if (words.Contains(word))
        {
            return true;
        }

        section.Errors.Add(
            at, $"'{word}' in {section.Path}.{key} is not known; the words are {string.Join(", ", words)}.");
        return false;
    }
}
