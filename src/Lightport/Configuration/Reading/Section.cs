using Lightport.Configuration.Yaml;
using Lightport.Routing;

namespace Lightport.Configuration.Reading;

/// <summary>
/// A mapping whose keys are known. What is wrong in it is reported, and read as if it were not there.
/// </summary>
internal sealed class Section
{
    private readonly MappingNode _mapping;

    private Section(MappingNode mapping, string path, ConfigurationErrors errors) =>
        (_mapping, Path, Errors) = (mapping, path, errors);

    /// <summary>How errors name this section: <c>models.fast</c>; empty for the whole file.</summary>
    public string Path { get; }

    public YamlNode At => _mapping;

    public ConfigurationErrors Errors { get; }

    /// <summary>Null, and an error, where there is no mapping; every unknown key in it is an error too.</summary>
    public static Section? Read(YamlNode node, string path, SectionKeys keys, ConfigurationErrors errors)
    {
        if (Mapping(node, path, keys.Shape, errors) is not { } mapping)
        {
            return null;
        }

        string where = path.Length == 0 ? "the file" : path;
        foreach ((ScalarNode key, _) in mapping.Entries)
        {
            if (keys.Later.Contains(key.Value))
            {
                errors.Add(key, $"'{key.Value}' in {where} is not in this version of Lightport; remove it.");
            }
            else if (!keys.Known.Contains(key.Value))
            {
                errors.Add(key, $"unknown key '{key.Value}' in {where}; {NextStep(key.Value, keys)}");
            }
        }

        return new Section(mapping, path, errors);
    }

    /// <summary>The entries of a mapping of the user's own names; none where nothing was written.</summary>
    public static IReadOnlyList<KeyValuePair<ScalarNode, YamlNode>> Entries(
        YamlNode? node,
        string path,
        ConfigurationErrors errors) =>
        node is null ? [] : Mapping(node, path, "a mapping, as in { key: value }", errors)?.Entries ?? [];

    /// <summary>The items of a list; none where nothing was written.</summary>
    public static IReadOnlyList<YamlNode> Items(YamlNode? node, string path, ConfigurationErrors errors)
    {
        switch (node)
        {
            case null or { IsNull: true }:
                return [];
            case SequenceNode sequence:
                return sequence.Items;
            default:
                errors.Add(node, $"{path} must be a list, as in [a, b], but here is {node.Kind}.");
                return [];
        }
    }

    /// <summary>What is written after a key; null where the key is not there.</summary>
    public YamlNode? Find(string key) => _mapping.Find(key);

    /// <summary>The text after a key; null where the key is not there.</summary>
    public string? Text(string key) => Find(key) is { } node ? TextOf(node, PathOf(key), Errors) : null;

    /// <summary>Null, and an error, where there is no text.</summary>
    public static string? TextOf(YamlNode node, string path, ConfigurationErrors errors)
    {
        if (node is ScalarNode { IsNull: false, Value.Length: > 0 } scalar)
        {
            return scalar.Value;
        }

        errors.Add(node, node is ScalarNode ? $"{path} is empty." : $"{path} must be text, but here is {node.Kind}.");
        return null;
    }

    public bool? Boolean(string key)
    {
        switch (Text(key))
        {
            case null:
                return null;
            case "true" or "on" or "yes":
                return true;
            case "false" or "off" or "no":
                return false;
            default:
                Errors.Add(Find(key)!, $"{PathOf(key)} must be on or off.");
                return null;
        }
    }

    /// <summary>What the word after a key stands for; null where the key is not there, or it is none of them.</summary>
    public T? Word<T>(string key, IReadOnlyDictionary<string, T> words)
        where T : struct
    {
        if (Text(key) is not { } word)
        {
            return null;
        }

        if (words.TryGetValue(word, out T value))
        {
            return value;
        }

        Errors.Add(
            Find(key)!, $"'{word}' in {PathOf(key)} is not known; the words are {string.Join(", ", words.Keys)}.");
        return null;
    }

    /// <summary>What is meant by a key that is not known, as far as that can be said.</summary>
    private static string NextStep(string key, SectionKeys keys) => true switch
    {
        _ when keys.SaidElsewhere.TryGetValue(key, out string? place) => place,
        _ when keys.OtherWords.TryGetValue(key, out string? meant) => $"did you mean '{meant}'?",
        _ when NearNames.Find(key, keys.Known, 1) is [string near] => $"did you mean '{near}'?",
        _ => $"the keys here are {string.Join(", ", keys.Known)}.",
    };

    private string PathOf(string key) => Path.Length == 0 ? key : $"{Path}.{key}";

    private static MappingNode? Mapping(YamlNode node, string path, string shape, ConfigurationErrors errors)
    {
        if (node.IsNull)
        {
            return new MappingNode(node.Line, node.Column, []);
        }

        if (node is MappingNode mapping)
        {
            return mapping;
        }

        string where = path.Length == 0 ? "the file" : path;
        errors.Add(node, $"{where} must be {shape}, but here is {node.Kind}.");
        return null;
    }
}
