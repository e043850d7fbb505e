using System.Globalization;
using System.Text.Json;

namespace Lightport.Mcp.Arguments;

/// <summary>Finds what a <c>$ref</c> names inside its own document, by a JSON Pointer (RFC 6901).</summary>
internal static class LocalReference
{
    /// <summary>Null where it names nothing here; another document is never asked for.</summary>
    public static JsonElement? Find(JsonElement root, string reference)
    {
        if (reference == "#")
        {
            return root;
        }

        if (!reference.StartsWith("#/", StringComparison.Ordinal))
        {
            return null;
        }

        JsonElement at = root;
        foreach (string escaped in Uri.UnescapeDataString(reference[2..]).Split('/'))
        {
            string name = escaped.Replace("~1", "/", StringComparison.Ordinal)
                .Replace("~0", "~", StringComparison.Ordinal);
            if (at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out JsonElement property))
            {
                at = property;
            }
            else if (at.ValueKind == JsonValueKind.Array
                && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
                && index < at.GetArrayLength())
            {
                at = at[index];
            }
            else
            {
                return null;
            }
        }

        return at;
    }
}
