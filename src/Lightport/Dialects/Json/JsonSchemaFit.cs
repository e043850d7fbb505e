using System.Text.Json;

namespace Lightport.Dialects.Json;

/// <summary>
/// Whether a server that writes answers by a grammar can hold one to a schema without another meaning: what only
/// narrows it in silence (a map of any names, closed to <c>{}</c>), or is refused (recursion), cannot be said
/// (https://platform.claude.com/docs/en/build-with-claude/structured-outputs#json-schema-limitations,
/// https://docs.aws.amazon.com/bedrock/latest/userguide/structured-output.html). What the subset can tell in words
/// beside (a number's bounds) can.
/// </summary>
internal sealed class JsonSchemaFit
{
    private const int DeepestSchema = 128;

    private static readonly string[] Lists = ["anyOf", "oneOf", "allOf"];
    private static readonly string[] Kinds = ["type", "enum", "const", "$ref", "properties", .. Lists];

    private readonly JsonSchemaReferences _references;
    private readonly Dictionary<string, bool> _known = new(StringComparer.Ordinal);

    private JsonSchemaFit(JsonElement root) => _references = new JsonSchemaReferences(root);

    /// <summary>Properties that need not be there, each object counted once.</summary>
    public int Optional { get; private set; }

    /// <summary>Places where one of several kinds may stand.</summary>
    public int Unions { get; private set; }

    /// <summary>What a schema takes of the API's limits; null where it cannot be said.</summary>
    public static JsonSchemaFit? Of(JsonElement schema)
    {
        var fit = new JsonSchemaFit(schema);
        return fit.Fits(schema, 0) ? fit : null;
    }

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

        // What may be anything may be a map of any names.
        return Array.Exists(Kinds, kind => LenientText.TryGetProperty(schema, kind, out _))
            && (!IsObject(schema) || IsClosable(schema));
    }

    /// <summary>Definitions count where they are referred to.</summary>
    private bool Fits(string name, JsonElement value, int depth) => value.ValueKind switch
    {
        JsonValueKind.Object when name == "properties" =>
            value.EnumerateObject().All(member => Fits(member.Value, depth)),
        JsonValueKind.Array when Lists.Contains(name) => FitsUnion(name, value, depth),
        JsonValueKind.Array when name == "type" => value.GetArrayLength() < 2 || CountUnion(),
        JsonValueKind.Array when name == "enum" =>
            value.EnumerateArray().All(one => one.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)),
        JsonValueKind.String when name == "$ref" => FitsReference(value.Text(), depth),
        _ => name != "items" || Fits(value, depth),
    };

    private bool FitsUnion(string name, JsonElement variants, int depth) =>
        (name == "allOf" || CountUnion())
        && variants.EnumerateArray().All(variant =>
            Fits(variant, depth) && (name != "allOf" || !LenientText.TryGetProperty(variant, "$ref", out _)));

    private bool CountUnion()
    {
        Unions++;
        return true;
    }

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

        if (hasProperties)
        {
            HashSet<string> required = LenientText.TryGetProperty(schema, "required", out JsonElement names)
                && names.ValueKind == JsonValueKind.Array
                    ? [.. names.EnumerateArray().Where(IsText).Select(name => name.Text())]
                    : [];
            Optional += properties.EnumerateObject().Count(property => !required.Contains(LenientText.Name(property)));
        }

        return true;
    }

    private static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.String;

    private static bool IsObject(JsonElement schema) =>
        LenientText.TryGetProperty(schema, "properties", out _)
        || (LenientText.TryGetProperty(schema, "type", out JsonElement type)
            && (type.ValueKind == JsonValueKind.Array
                ? type.EnumerateArray().Any(one => one.Is("object"))
                : type.Is("object")));
}
