using System.Text.Json;

namespace Lightport.Dialects.OpenAIChat;

/// <summary>
/// What a schema must be for chat to hold an answer to it: every object closed, every property required
/// (https://platform.openai.com/docs/guides/structured-outputs#supported-schemas).
/// </summary>
internal static class OpenAIChatStrictSchema
{
    private static readonly string[] Maps = ["properties", "$defs", "definitions"];

    public static bool Takes(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object
        && schema.TextOf("type") == "object"
        && schema.ValueOf("anyOf") is null
        && TakesAnywhere(schema);

    private static bool TakesAnywhere(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return true;
        }

        if (schema.ValueOf("oneOf") is not null || schema.ValueOf("allOf") is not null)
        {
            return false;
        }

        IEnumerable<JsonElement> inner =
        [
            .. Maps.SelectMany(name => Members(schema, name)).Select(member => member.Value),
            .. schema.ItemsOf("anyOf"),
        ];
        return (!IsObject(schema) || IsClosed(schema))
            && inner.All(TakesAnywhere)
            && (schema.ValueOf("items") is not { } items || TakesAnywhere(items));
    }

    private static bool IsObject(JsonElement schema) =>
        schema.TextOf("type") == "object" || schema.ValueOf("properties") is not null
        || schema.ItemsOf("type").Any(type => type.ValueKind == JsonValueKind.String && type.ValueEquals("object"));

    private static bool IsClosed(JsonElement schema)
    {
        HashSet<string> required =
        [
            .. schema.ItemsOf("required").Where(name => name.ValueKind == JsonValueKind.String)
                .Select(name => name.Text()),
        ];
        return schema.ValueOf("additionalProperties") is { ValueKind: JsonValueKind.False }
            && Members(schema, "properties").All(property => required.Contains(LenientText.Name(property)));
    }

    private static JsonElement.ObjectEnumerator Members(JsonElement schema, string name) =>
        schema.ValueOf(name) is { ValueKind: JsonValueKind.Object } map ? map.EnumerateObject() : default;
}
