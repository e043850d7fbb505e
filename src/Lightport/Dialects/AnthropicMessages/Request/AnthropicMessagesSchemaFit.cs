using System.Text.Json;

namespace Lightport.Dialects.AnthropicMessages;

/// <summary>
/// Whether the API can hold an answer or a call to a schema without another meaning: what only narrows it in silence
/// (a map of any names, closed to <c>{}</c>), or is refused (recursion, too much that is optional), cannot
/// be said (https://platform.claude.com/docs/en/build-with-claude/structured-outputs#json-schema-limitations). What the
/// subset can tell in words beside (a number's bounds) can.
/// </summary>
internal sealed class AnthropicMessagesSchemaFit
{
    private const int DeepestSchema = 128;
    private const int MostOptional = 24;
    private const int MostUnions = 16;

    private static readonly string[] Lists = ["anyOf", "oneOf", "allOf"];

    private readonly JsonSchemaReferences _references;
    private readonly Dictionary<string, bool> _known = new(StringComparer.Ordinal);
    private int _optional;
    private int _unions;

    private AnthropicMessagesSchemaFit(JsonElement root) => _references = new JsonSchemaReferences(root);

    public static bool Takes(JsonElement schema) => new AnthropicMessagesSchemaFit(schema).Fits(schema, 0);

    private bool Fits(JsonElement schema, int depth)
    {
        if (schema.ValueKind != JsonValueKind.Object || depth > DeepestSchema)
        {
            // True and false are schemas too, and no words of the subset.
            return false;
        }

        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            string name = LenientText.Name(keyword);
            if (!Fits(name, keyword.Value, depth + 1))
            {
                return false;
            }
        }

        return !IsObject(schema) || IsClosable(schema);
    }

    /// <summary>Definitions count where they are referred to.</summary>
    private bool Fits(string name, JsonElement value, int depth) => value.ValueKind switch
    {
        JsonValueKind.Object when name == "properties" =>
            value.EnumerateObject().All(member => Fits(member.Value, depth)),
        JsonValueKind.Array when Lists.Contains(name) => FitsUnion(name, value, depth),
        JsonValueKind.Array when name == "type" => value.GetArrayLength() < 2 || ++_unions <= MostUnions,
        JsonValueKind.Array when name == "enum" =>
            value.EnumerateArray().All(one => one.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)),
        JsonValueKind.String when name == "$ref" => FitsReference(LenientText.Read(value), depth),
        _ => name != "items" || Fits(value, depth),
    };

    private bool FitsUnion(string name, JsonElement variants, int depth) =>
        (name == "allOf" || ++_unions <= MostUnions)
        && variants.EnumerateArray().All(variant =>
            Fits(variant, depth) && (name != "allOf" || !LenientText.TryGetProperty(variant, "$ref", out _)));

    /// <summary>A reference into the schema itself that does not come back to where it is.</summary>
    private bool FitsReference(string reference, int depth)
    {
        if (_known.TryGetValue(reference, out bool known))
        {
            // False while it is being looked at: it is recursive then.
            return known;
        }

        _known[reference] = false;
        return _known[reference] = _references.Find(reference) is { } target && Fits(target, depth);
    }

    private bool IsClosable(JsonElement schema)
    {
        bool says = LenientText.TryGetProperty(schema, "additionalProperties", out JsonElement others);
        bool hasProperties = LenientText.TryGetProperty(schema, "properties", out JsonElement properties)
            && properties.ValueKind == JsonValueKind.Object && properties.EnumerateObject().Any();
        if (LenientText.TryGetProperty(schema, "patternProperties", out _)
            || (says ? others.ValueKind != JsonValueKind.False : !hasProperties))
        {
            return false;
        }

        int required = LenientText.TryGetProperty(schema, "required", out JsonElement names)
            && names.ValueKind == JsonValueKind.Array ? names.GetArrayLength() : 0;
        _optional += hasProperties ? Math.Max(0, properties.EnumerateObject().Count() - required) : 0;
        return _optional <= MostOptional;
    }

    private static bool IsObject(JsonElement schema) =>
        LenientText.TryGetProperty(schema, "properties", out _)
        || (LenientText.TryGetProperty(schema, "type", out JsonElement type)
            && (type.ValueKind == JsonValueKind.Array
                ? type.EnumerateArray().Any(one => LenientText.Is(one, "object"))
                : LenientText.Is(type, "object")));
}
