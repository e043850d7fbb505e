using System.Text.Json;

namespace Lightport.PriceTables;

/// <summary>Reads JSON, of this program's own files and of others'.</summary>
internal static class DataFile
{
    public static JsonElement Embedded(string name)
    {
        using Stream stream = typeof(DataFile).Assembly.GetManifestResourceStream(name)!;
        using JsonDocument document = JsonDocument.Parse(stream);
        return document.RootElement.Clone();
    }

    public static JsonElement Read(string path)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        return document.RootElement.Clone();
    }

    /// <summary>What stands at a path of keys; null where it ends before.</summary>
    public static JsonElement? At(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (string key in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(key, out element))
            {
                return null;
            }
        }

        return element;
    }

    public static decimal? Number(this JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Number } number ? number.GetDecimal() : null;
}
