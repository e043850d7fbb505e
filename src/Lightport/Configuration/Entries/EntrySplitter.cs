using System.Globalization;
using Lightport.Configuration.Reading;
using Lightport.Configuration.Yaml;
using Lightport.Storage;

namespace Lightport.Configuration.Entries;

/// <summary>Takes a document apart into the entries that a store keeps and a difference is made of.</summary>
internal static class EntrySplitter
{
    /// <param name="text">A document that was read without an error.</param>
    public static IReadOnlyList<ConfigurationEntry> Split(string text)
    {
        var entries = new List<ConfigurationEntry>();
        if (YamlDocument.Read(text, new ConfigurationErrors("")) is MappingNode root)
        {
            foreach ((ScalarNode section, YamlNode node) in root.Entries)
            {
                AddSection(section.Value, node, entries);
            }
        }

        return entries;
    }

    private static void AddSection(string name, YamlNode node, List<ConfigurationEntry> entries)
    {
        string? kind = name switch
        {
            "providers" => EntryKind.Provider,
            "models" => EntryKind.Model,
            "rules" => EntryKind.Rule,
            "keys" => EntryKind.Key,
            "limits" => EntryKind.Limit,
            _ => null,
        };
        switch (node)
        {
            case MappingNode { Entries.Count: > 0 } mapping when kind is not null:
                foreach ((ScalarNode key, YamlNode value) in mapping.Entries)
                {
                    Add(kind, key.Value, value, entries);
                }

                break;
            case SequenceNode { Items.Count: > 0 } sequence when kind is not null:
                for (int i = 0; i < sequence.Items.Count; i++)
                {
                    Add(kind, ItemName(sequence.Items[i], i), sequence.Items[i], entries);
                }

                break;
            default:
                Add(EntryKind.Setting, name, node, entries);
                break;
        }
    }

    /// <summary>Client keys and limits have names; rules may have only their place.</summary>
    private static string ItemName(YamlNode item, int index) =>
        item is MappingNode mapping && mapping.Find("name") is ScalarNode { Value: var name }
            ? name
            : (index + 1).ToString("d4", CultureInfo.InvariantCulture);

    private static void Add(string kind, string name, YamlNode value, List<ConfigurationEntry> entries) =>
        entries.Add(new ConfigurationEntry(kind, name, entries.Count, JsonValues.Text(value)));
}
