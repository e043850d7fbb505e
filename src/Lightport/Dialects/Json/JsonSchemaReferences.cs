using System.Globalization;
using System.Text.Json;

namespace Lightport.Dialects.Json;

/// <summary>
/// What the <c>$ref</c>s of a schema point to inside its own document (RFC 6901). Each is looked for once, and its
/// definitions are gone through once for all of them.
/// </summary>
internal sealed class JsonSchemaReferences(JsonElement root)
{
    /// <summary>References that do not point to a definition of the root's: each is a walk of its own.</summary>
    private const int MostWalks = 64;

    private readonly Dictionary<string, JsonElement?> _found = new(StringComparer.Ordinal) { ["#"] = root };
    private bool _hasDefinitions;
    private int _walks;

    /// <summary>How a definition of the root's is referred to.</summary>
    public static string ToDefinition(string place, string name)
    {
        string step = name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
        return $"#/{place}/{step}";
    }

    /// <summary>The schema; null where there is none, it is in another document, or there are too many.</summary>
    public JsonElement? Find(string reference)
    {
        if (!_hasDefinitions)
        {
            _hasDefinitions = true;
            AddDefinitions("$defs");
            AddDefinitions("definitions");
        }

        if (!_found.TryGetValue(reference, out JsonElement? schema))
        {
            bool isHere = reference.StartsWith("#/", StringComparison.Ordinal) && ++_walks <= MostWalks;
            _found[reference] = schema = isHere ? Walk(reference[2..]) : null;
        }

        return schema;
    }

    private void AddDefinitions(string place)
    {
        if (root.ValueKind != JsonValueKind.Object
            || !LenientText.TryGetProperty(root, place, out JsonElement definitions)
            || definitions.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        foreach (JsonProperty definition in definitions.EnumerateObject())
        {
            _found[ToDefinition(place, LenientText.Name(definition))] = definition.Value;
        }
    }

    private JsonElement? Walk(string pointer)
    {
        JsonElement found = root;
        foreach (string step in Uri.UnescapeDataString(pointer).Split('/'))
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
