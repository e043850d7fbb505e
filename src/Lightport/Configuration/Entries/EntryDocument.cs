using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lightport.Storage;

namespace Lightport.Configuration.Entries;

/// <summary>A document put together of entries, one on a line, so that an error's line tells whose it is.</summary>
internal sealed class EntryDocument
{
    private readonly StringBuilder _text = new();
    private readonly List<ConfigurationEntry?> _lines = [];

    private EntryDocument(IReadOnlyList<ConfigurationEntry> entries, bool hasProviders)
    {
        foreach (ConfigurationEntry setting in Of(EntryKind.Setting, entries))
        {
            Add($"{Quote(setting.Name)}: {setting.Json}", setting);
        }

        if (hasProviders && !entries.Any(entry => entry.Kind == EntryKind.Provider))
        {
            Add("providers: {}", null);
        }

        AddSection("providers", EntryKind.Provider, entries);
        AddSection("models", EntryKind.Model, entries);
        AddList("rules", EntryKind.Rule, entries);
        AddList("keys", EntryKind.Key, entries);
        AddList("limits", EntryKind.Limit, entries);
        if (_lines.Count == 0)
        {
            // No text at all would be a file that was emptied; this is a document that leaves all as it is by default.
            Add("{}", null);
        }
    }

    public string Text => _text.ToString();

    /// <param name="hasProviders">
    /// The document names its providers. With none of them left there is none, and not every one of the catalog.
    /// </param>
    public static EntryDocument Join(IReadOnlyList<ConfigurationEntry> entries, bool hasProviders = false) =>
        new(entries, hasProviders);

    /// <summary>Whose line it is; null for a heading.</summary>
    /// <param name="line">From 1.</param>
    public ConfigurationEntry? At(int line) => line > 0 && line <= _lines.Count ? _lines[line - 1] : null;

    private static IEnumerable<ConfigurationEntry> Of(string kind, IReadOnlyList<ConfigurationEntry> entries) =>
        entries.Where(entry => entry.Kind == kind).OrderBy(entry => entry.Order);

    private void AddSection(string name, string kind, IReadOnlyList<ConfigurationEntry> entries)
    {
        ConfigurationEntry[] own = [.. Of(kind, entries)];
        if (own.Length > 0)
        {
            Add($"{name}:", null);
        }

        foreach (ConfigurationEntry entry in own)
        {
            Add($"  {Quote(entry.Name)}: {entry.Json}", entry);
        }
    }

    private void AddList(string name, string kind, IReadOnlyList<ConfigurationEntry> entries)
    {
        ConfigurationEntry[] own = [.. Of(kind, entries)];
        if (own.Length > 0)
        {
            Add($"{name}:", null);
        }

        foreach (ConfigurationEntry entry in own)
        {
            Add($"  - {entry.Json}", entry);
        }
    }

    private void Add(string line, ConfigurationEntry? entry)
    {
        _text.Append(line).Append('\n');
        _lines.Add(entry);
    }

    /// <summary>JSON's strings are YAML's too.</summary>
    private static string Quote(string text) =>
        $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
