using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// Writes a function's parameters as OpenAI takes them at all, strict or not: an object that says its
/// <c>properties</c>, no alternatives at the root, <c>items</c> for every array
/// (https://platform.openai.com/docs/guides/function-calling#defining-functions). MCP servers' tools often lack these.
/// </summary>
internal static class OpenAIChatFunctionSchema
{
    private static readonly string[] Alternatives = ["anyOf", "oneOf", "allOf", "enum", "not"];
    private static readonly string[] Maps = ["properties", "$defs", "definitions", "patternProperties"];
    private static readonly string[] Lists = ["anyOf", "oneOf", "allOf", "prefixItems"];

    /// <returns>False where the schema had to be loosened, and so says less than it did.</returns>
    public static bool Write(Utf8JsonWriter writer, JsonElement schema)
    {
        if (IsTaken(schema) && HasItems(schema))
        {
            writer.WriteMended(schema);
            return true;
        }

        bool loosened = false;
        writer.WriteStartObject();
        writer.WriteString("type"u8, "object"u8);
        writer.WriteStartObject("properties"u8);
        foreach ((string name, JsonElement property) in Properties(schema))
        {
            writer.WritePropertyName(name);
            WriteInner(writer, property);
        }

        writer.WriteEndObject();
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            string name = LenientText.Name(keyword);
            loosened |= Alternatives.Contains(name);
            if (name is not ("type" or "properties") && !Alternatives.Contains(name))
            {
                WriteKeyword(writer, name, keyword.Value);
            }
        }

        writer.WriteEndObject();
        return !loosened;
    }

    private static bool IsTaken(JsonElement schema) =>
        schema.TextOf("type") == "object"
        && schema.ValueOf("properties") is { ValueKind: JsonValueKind.Object }
        && !Array.Exists(Alternatives, name => schema.ValueOf(name) is not null);

    /// <summary>The root's own, and where it has alternatives theirs too, so that each can still be said.</summary>
    private static OrderedDictionary<string, JsonElement> Properties(JsonElement schema)
    {
        var properties = new OrderedDictionary<string, JsonElement>(StringComparer.Ordinal);
        IEnumerable<JsonElement> variants =
            [schema, .. schema.ItemsOf("anyOf"), .. schema.ItemsOf("oneOf"), .. schema.ItemsOf("allOf")];
        foreach (JsonElement variant in variants)
        {
            if (variant.ValueOf("properties") is { ValueKind: JsonValueKind.Object } map)
            {
                foreach (JsonProperty property in map.EnumerateObject())
                {
                    properties.TryAdd(LenientText.Name(property), property.Value);
                }
            }
        }

        return properties;
    }

    private static bool HasItems(JsonElement schema) =>
        schema.ValueKind != JsonValueKind.Object
        || ((!IsArray(schema) || schema.ValueOf("items") is not null) && Inner(schema).All(HasItems));

    private static IEnumerable<JsonElement> Inner(JsonElement schema)
    {
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            string name = LenientText.Name(keyword);
            if (Maps.Contains(name) && keyword.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (JsonProperty member in keyword.Value.EnumerateObject())
                {
                    yield return member.Value;
                }
            }
            else if (Lists.Contains(name) && keyword.Value.ValueKind == JsonValueKind.Array)
            {
                foreach (JsonElement variant in keyword.Value.EnumerateArray())
                {
                    yield return variant;
                }
            }
            else if (name is "items" or "additionalProperties" or "not")
            {
                yield return keyword.Value;
            }
        }
    }

    private static void WriteInner(Utf8JsonWriter writer, JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            writer.WriteMended(schema);
            return;
        }

        writer.WriteStartObject();
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            WriteKeyword(writer, LenientText.Name(keyword), keyword.Value);
        }

        if (IsArray(schema) && schema.ValueOf("items") is null)
        {
            writer.WriteStartObject("items"u8);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteKeyword(Utf8JsonWriter writer, string name, JsonElement value)
    {
        writer.WritePropertyName(name);
        if (Maps.Contains(name) && value.ValueKind == JsonValueKind.Object)
        {
            writer.WriteStartObject();
            foreach (JsonProperty member in value.EnumerateObject())
            {
                writer.WritePropertyName(LenientText.Name(member));
                WriteInner(writer, member.Value);
            }

            writer.WriteEndObject();
        }
        else if (Lists.Contains(name) && value.ValueKind == JsonValueKind.Array)
        {
            writer.WriteStartArray();
            foreach (JsonElement variant in value.EnumerateArray())
            {
                WriteInner(writer, variant);
            }

            writer.WriteEndArray();
        }
        else if (name is "items" or "additionalProperties" or "not")
        {
            WriteInner(writer, value);
        }
        else
        {
            writer.WriteMended(value);
        }
    }

    private static bool IsArray(JsonElement schema) =>
        schema.TextOf("type") == "array"
        || schema.ItemsOf("type").Any(type => type.Is("array"));
}
