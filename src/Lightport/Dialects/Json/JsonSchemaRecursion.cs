using System.Runtime.InteropServices;
using System.Text.Json;

namespace Lightport.Dialects.Json;

/// <summary>
/// Which places of a schema lead back to the definition that they stand in. Definitions are known by how a
/// <c>$ref</c> names them, the whole schema by <c>#</c>.
/// </summary>
internal sealed class JsonSchemaRecursion
{
    /// <summary>Of a schema with more of them nothing is found out: no server takes as many.</summary>
    private const int MostDefinitions = 256;

    private readonly JsonSchemaReferences _references;
    private readonly Dictionary<string, HashSet<string>> _reached = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _direct = new(StringComparer.Ordinal);

    private JsonSchemaRecursion(JsonElement root) => _references = new JsonSchemaReferences(root);

    /// <summary>Null where nothing refers to anything, as in most schemas.</summary>
    public static JsonSchemaRecursion? Of(JsonElement root) =>
        JsonMarshal.GetRawUtf8Value(root).IndexOf("\"$ref\""u8) >= 0 ? new JsonSchemaRecursion(root) : null;

    /// <summary>
    /// Whether a property's value leads back to the definition at hand before another property is gone through, which
    /// would be asked by itself.
    /// </summary>
    public bool LeadsBack(JsonElement property, string definition)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        Collect(property, named, intoProperties: false);
        return named.Any(reference =>
            ReachedFrom(reference).Contains(IsDefinition(reference) ? definition : reference));
    }

    /// <summary>Any other place may stand within one, and goes round where it leads to itself.</summary>
    private static bool IsDefinition(string reference) => reference == "#"
        || IsIn(reference, "#/$defs/")
        || IsIn(reference, "#/definitions/");

    private static bool IsIn(string reference, string place) =>
        reference.StartsWith(place, StringComparison.Ordinal) && !reference.AsSpan(place.Length).Contains('/');

    /// <summary>All that can be come to; of a definition itself too, for who names it may stand in it.</summary>
    private HashSet<string> ReachedFrom(string reference)
    {
        if (_reached.TryGetValue(reference, out HashSet<string>? known))
        {
            return known;
        }

        var reached = new HashSet<string>(StringComparer.Ordinal);
        if (IsDefinition(reference))
        {
            reached.Add(reference);
        }

        var open = new Stack<string>([reference]);
        while (open.TryPop(out string? next) && reached.Count <= MostDefinitions)
        {
            foreach (string named in NamedIn(next).Where(reached.Add))
            {
                open.Push(named);
            }
        }

        return _reached[reference] = reached;
    }

    private HashSet<string> NamedIn(string reference)
    {
        if (!_direct.TryGetValue(reference, out HashSet<string>? named))
        {
            _direct[reference] = named = new HashSet<string>(StringComparer.Ordinal);
            if (_direct.Count <= MostDefinitions && _references.Find(reference) is { } schema)
            {
                Collect(schema, named, intoProperties: true);
            }
        }

        return named;
    }

    private static void Collect(JsonElement schema, HashSet<string> named, bool intoProperties)
    {
        if (schema.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement one in schema.EnumerateArray())
            {
                Collect(one, named, intoProperties);
            }
        }
        else if (schema.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty keyword in schema.EnumerateObject())
            {
                if (keyword.NameEquals("$ref") && keyword.Value.ValueKind == JsonValueKind.String)
                {
                    named.Add(keyword.Value.Text());
                }
                else if (!keyword.NameEquals("$defs") && !keyword.NameEquals("definitions")
                    && (intoProperties || !keyword.NameEquals("properties")))
                {
                    Collect(keyword.Value, named, intoProperties);
                }
            }
        }
    }
}
