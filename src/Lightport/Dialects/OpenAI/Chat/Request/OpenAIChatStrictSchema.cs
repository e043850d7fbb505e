using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// What a schema must be for chat to hold an answer or a call to it: an object at the root, every object closed, every
/// property required, and no word that is not listed
/// (https://platform.openai.com/docs/guides/structured-outputs#supported-schemas).
/// </summary>
internal sealed class OpenAIChatStrictSchema
{
    private const int DeepestNesting = 10;
    private const int MostProperties = 5000;
    private const int MostEnumValues = 1000;

    private static readonly FrozenSet<string> Words = FrozenSet.Create(
        "$schema", "$ref", "$defs", "definitions", "type", "title", "description", "enum", "const", "properties",
        "required", "additionalProperties", "items", "anyOf", "pattern", "format", "minLength", "maxLength", "minimum",
        "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minItems", "maxItems");

    private static readonly FrozenSet<string> Formats = FrozenSet.Create(
        "date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid");

    private static readonly string[] Maps = ["properties", "$defs", "definitions"];

    private int _properties;
    private int _enumValues;

    private OpenAIChatStrictSchema()
    {
    }

    public static bool Takes(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object
        && schema.TextOf("type") == "object"
        && schema.ValueOf("anyOf") is null
        && new OpenAIChatStrictSchema().TakesAnywhere(schema, 0);

    /// <param name="depth">How many objects this stands in.</param>
    private bool TakesAnywhere(JsonElement schema, int depth)
    {
        bool isObject = IsObject(schema);
        return schema.ValueKind == JsonValueKind.Object
            && schema.EnumerateObject().All(keyword => Words.Contains(LenientText.Name(keyword)))
            && SaysWhatItIs(schema)
            && (schema.TextOf("format") is not { } format || Formats.Contains(format))
            && (_enumValues += schema.ItemsOf("enum").Count()) <= MostEnumValues
            && (!isObject || (depth < DeepestNesting && IsClosed(schema)))
            && Inner(schema).All(inner => TakesAnywhere(inner, isObject ? depth + 1 : depth));
    }

    private static IEnumerable<JsonElement> Inner(JsonElement schema)
    {
        IEnumerable<JsonElement> inner = Maps.SelectMany(name => Members(schema, name)).Select(member => member.Value)
            .Concat(schema.ItemsOf("anyOf"));
        return schema.ValueOf("items") is { } items ? inner.Append(items) : inner;
    }

    /// <summary>A reference stands alone; anything else has a type, or lists its values or alternatives.</summary>
    private static bool SaysWhatItIs(JsonElement schema) => schema.ValueOf("$ref") is not null
        ? schema.EnumerateObject().Count() == 1
        : schema.ValueOf("type") is not null || schema.ValueOf("anyOf") is not null
            || schema.ValueOf("enum") is not null || schema.ValueOf("const") is not null;

    private static bool IsObject(JsonElement schema) =>
        schema.TextOf("type") == "object" || schema.ValueOf("properties") is not null
        || schema.ItemsOf("type").Any(type => type.Is("object"));

    private bool IsClosed(JsonElement schema)
    {
        HashSet<string> required =
        [
            .. schema.ItemsOf("required").Where(name => name.ValueKind == JsonValueKind.String)
                .Select(name => name.Text()),
        ];
        return schema.ValueOf("additionalProperties") is { ValueKind: JsonValueKind.False }
            && Members(schema, "properties").All(property => required.Contains(LenientText.Name(property)))
            && (_properties += Members(schema, "properties").Count()) <= MostProperties;
    }

    private static JsonElement.ObjectEnumerator Members(JsonElement schema, string name) =>
        schema.ValueOf(name) is { ValueKind: JsonValueKind.Object } map ? map.EnumerateObject() : default;
}
