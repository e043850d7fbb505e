using System.Globalization;
using System.Text.Json;

namespace Lightport.Dialects;

/// <summary>Finds what a <c>$ref</c> points to inside its own document (RFC 6901).</summary>
internal static class JsonSchemaReference
{
    /// <summary>The schema; null where there is none, or it is in another document.</summary>
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

        JsonElement found = root;
        foreach (string step in Uri.UnescapeDataString(reference[2..]).Split('/'))
        {
            string name = step.Replace("~1", "/", StringComparison.Ordinal)
                .Replace("~0", "~", StringComparison.Ordinal);
            if (found.ValueKind == JsonValueKind.Object
                && LenientText.TryGetProperty(found, name, out JsonElement next))
            {
                found = next;
            }
            else if (found.ValueKind == JsonValueKind.Array
                && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
                && index < found.GetArrayLength())
            {
                found = found[index];
            }
            else
            {
                return null;
            }
        }

        return found;
    }
}
