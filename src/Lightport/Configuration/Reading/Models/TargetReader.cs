using System.Text.Json;
using Lightport.Configuration.Yaml;
using Lightport.Providers;
using Lightport.Routing;

namespace Lightport.Configuration.Reading;

/// <summary>
/// Reads lists of targets: names, or
/// <c>{ to: anthropic/claude-sonnet-5, weight: 10, label: canary, set: { … }, traits: { … } }</c>.
/// </summary>
internal static class TargetReader
{
    private static readonly SectionKeys Keys = new(
        "to", Weights.Key, "label", "set", TraitsReader.Key, DataReader.Key, DataReader.QuantizationKey)
    {
        OtherWords = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["model"] = "to",
            ["target"] = "to",
            ["override_params"] = "set",
        },
    };

    private static readonly string[] NotToSet = ["model", "messages", "stream"];

    public static IReadOnlyList<ModelReference> ReadList(YamlNode node, string path, ConfigurationErrors errors)
    {
        if (NoItems(node, path, errors) is { } none)
        {
            return none;
        }

        return [.. Section.Items(node, path, errors)
            .Select(item => item is MappingNode ? ReadWhole(item, path, errors) : ReadName(item, path, errors))
            .OfType<ModelReference>()];
    }

    /// <summary>A list of names only, or one name.</summary>
    public static IReadOnlyList<ModelReference> ReadNames(YamlNode node, string path, ConfigurationErrors errors) =>
        [.. Section.Items(node, path, errors)
            .Select(item => ReadName(item, path, errors))
            .OfType<ModelReference>()];

    private static ModelReference[]? NoItems(YamlNode node, string path, ConfigurationErrors errors)
    {
        if (node is not SequenceNode { Items.Count: 0 } and not { IsNull: true })
        {
            return null;
        }

        errors.Add(node, $"{path} is empty; name at least one target, as in [openai/gpt-4o-mini].");
        return [];
    }

    private static ModelReference? ReadName(YamlNode item, string path, ConfigurationErrors errors) =>
        Section.TextOf(item, path, errors) is { } name ? new ModelReference(name, item) : null;

    private static ModelReference? ReadWhole(YamlNode item, string path, ConfigurationErrors errors)
    {
        if (Section.Read(item, path, Keys, errors) is not { } section)
        {
            return null;
        }

        if (section.Find("to") is not { } to)
        {
            errors.Add(item, $"a target in {path} needs 'to', as in {{ to: openai/gpt-4o-mini }}.");
            return null;
        }

        string? label = section.Text("label");
        Dictionary<string, JsonElement> set = ReadSet(section);
        Traits traits = TraitsReader.Read(section);
        DataPolicy data = DataReader.Read(section);
        string? quantization = DataReader.Quantization(section);
        int weight = Weights.Read(section);
        return section.Text("to") is { } name
            ? new ModelReference(
                name,
                to,
                target => target with
                {
                    Weight = weight,
                    Label = label,
                    Set = set,
                    Traits = traits,
                    Data = data,
                    Quantization = quantization,
                },
                section.Find(Weights.Key))
            : null;
    }

    private static Dictionary<string, JsonElement> ReadSet(Section section)
    {
        var set = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        string path = $"{section.Path}.set";
        foreach ((ScalarNode field, YamlNode value) in Section.Entries(section.Find("set"), path, section.Errors))
        {
            if (NotToSet.Contains(field.Value))
            {
                section.Errors.Add(field, $"{path} cannot set '{field.Value}', which is the request's own.");
            }

            set[field.Value] = JsonValues.Convert(value);
        }

        return set;
    }
}
