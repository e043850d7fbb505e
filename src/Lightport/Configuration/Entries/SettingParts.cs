using System.Text.Json;
using Lightport.Configuration.Reading;
using Lightport.Storage;

namespace Lightport.Configuration.Entries;

/// <summary>
/// Takes settings that hold many named things apart for whoever reads a difference: each MCP server and each source of
/// context by its path. What is stored stays whole.
/// </summary>
internal static class SettingParts
{
    private const string Servers = "servers";

    public static IReadOnlyList<ConfigurationEntry> Of(IReadOnlyList<ConfigurationEntry> entries) =>
        [.. entries.SelectMany(Of)];

    private static IEnumerable<ConfigurationEntry> Of(ConfigurationEntry entry) => (entry.Kind, entry.Name) switch
    {
        (EntryKind.Setting, ContextReader.Key) => Parts(entry),
        (EntryKind.Setting, McpReader.Key) => Parts(entry)
            .SelectMany(part => part.Name == $"{McpReader.Key}.{Servers}" ? Parts(part) : [part]),
        _ => [entry],
    };

    /// <summary>An entry for each field; the entry itself where it is no mapping.</summary>
    private static IEnumerable<ConfigurationEntry> Parts(ConfigurationEntry entry)
    {
        using JsonDocument json = JsonDocument.Parse(entry.Json);
        return json.RootElement.ValueKind == JsonValueKind.Object
            ? [.. json.RootElement.EnumerateObject().Select(field => entry with
            {
                Name = $"{entry.Name}.{field.Name}",
                Json = field.Value.GetRawText(),
            })]
            : [entry];
    }
}
