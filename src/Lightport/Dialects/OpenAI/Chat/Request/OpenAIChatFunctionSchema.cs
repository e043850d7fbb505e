using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// Writes schemas as OpenAI takes them at all, strict or not: for a function an object that says its
/// <c>properties</c>, no alternatives at the root; <c>items</c> for every array, and only one schema there
/// (https://platform.openai.com/docs/guides/function-calling#defining-functions). MCP servers' tools often lack these.
/// </summary>
internal sealed class OpenAIChatFunctionSchema(Utf8JsonWriter writer)
{
    private static readonly string[] Alternatives = ["anyOf", "oneOf", "allOf", "enum", "not"];
    private static readonly string[] Maps = ["properties", "$defs", "definitions", "patternProperties"];
    private static readonly string[] Lists = ["anyOf", "oneOf", "allOf", "prefixItems"];

    private bool _loosened;

    /// <summary>Writes the parameters of a function.</summary>
    /// <returns>False where the schema had to be loosened, and so says less than it did.</returns>
    public static bool Write(Utf8JsonWriter writer, JsonElement schema)
    {
        if (IsTaken(schema) && HasItems(schema))
        {
            writer.WriteMended(schema);
            return true;
        }

        var written = new OpenAIChatFunctionSchema(writer);
        written.WriteRoot(schema);
        return !written._loosened;
    }

    /// <summary>Writes the schema of an answer, as it is but for arrays that do not say what is in them.</summary>
    /// <inheritdoc cref="Write" path="/returns"/>
    public static bool WriteAnswer(Utf8JsonWriter writer, JsonElement schema)
    {
        if (HasItems(schema))
        {
            writer.WriteMended(schema);
            return true;
        }

        var written = new OpenAIChatFunctionSchema(writer);
        written.WriteInner(schema);
        return !written._loosened;
    }

    private void WriteRoot(JsonElement schema)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "object"u8);
        writer.WriteStartObject("properties"u8);
        foreach ((string name, List<JsonElement> said) in JsonSchemaRoot.Properties(schema))
        {
            writer.WritePropertyName(name);
            JsonSchemaRoot.WriteProperty(writer, said, (_, property) => WriteInner(property));
        }

        writer.WriteEndObject();
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            string name = LenientText.Name(keyword);
            _loosened |= Alternatives.Contains(name);
            if (name is not ("type" or "properties") && !Alternatives.Contains(name))
            {
                WriteKeyword(name, keyword.Value);
            }
        }

        writer.WriteEndObject();
    }

    private static bool IsTaken(JsonElement schema) =>
        schema.TextOf("type") == "object"
        && schema.ValueOf("properties") is { ValueKind: JsonValueKind.Object }
        && !Array.Exists(Alternatives, name => schema.ValueOf(name) is not null);

    private static bool HasItems(JsonElement schema) =>
        schema.ValueKind != JsonValueKind.Object
        || ((!IsArray(schema) || schema.ValueOf("items") is not null)
            && Places(schema) is null && Inner(schema).All(HasItems));

    /// <summary>
    /// What stands at each place of a tuple, as JSON Schema says it since 2020-12 or did before; null for any other.
    /// </summary>
    private static JsonElement? Places(JsonElement schema) =>
        JsonSchemaTuples.Is(schema) ? schema.ValueOf("items")
        : schema.ValueOf("prefixItems") is { ValueKind: JsonValueKind.Array } places ? places
        : null;

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

    private void WriteInner(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            writer.WriteMended(schema);
            return;
        }

        JsonElement? places = Places(schema);
        writer.WriteStartObject();
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            string name = LenientText.Name(keyword);
            if (places is { } tuple && name == (JsonSchemaTuples.Is(schema) ? "items" : "prefixItems"))
            {
                WriteTuple(schema, tuple);
            }
            else if (places is null || name is not ("items" or "additionalItems" or "prefixItems"))
            {
                WriteKeyword(name, keyword.Value);
            }
        }

        if (places is null && IsArray(schema) && schema.ValueOf("items") is null)
        {
            writer.WriteStartObject("items"u8);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    /// <summary>
    /// What may stand at any place of a tuple, for OpenAI has no words for what stands where; a closed one is as long
    /// as it says at most.
    /// </summary>
    private void WriteTuple(JsonElement schema, JsonElement places)
    {
        JsonElement? others = schema.ValueOf(JsonSchemaTuples.Is(schema) ? "additionalItems" : "items");
        var distinct = new HashSet<string>(StringComparer.Ordinal);
        List<JsonElement> said = [.. places.EnumerateArray().Where(one => distinct.Add(one.GetRawText()))];
        if (others is { ValueKind: JsonValueKind.Object } more && distinct.Add(more.GetRawText()))
        {
            said.Add(more);
        }

        _loosened |= said.Count > 1;
        writer.WritePropertyName("items"u8);
        if (said.Count == 0)
        {
            writer.WriteStartObject();
            writer.WriteEndObject();
        }
        else
        {
            JsonSchemaRoot.WriteProperty(writer, said, (_, one) => WriteInner(one));
        }

        if (others is { ValueKind: JsonValueKind.False } && schema.ValueOf("maxItems") is null)
        {
            writer.WriteNumber("maxItems"u8, places.GetArrayLength());
        }
    }

    private void WriteKeyword(string name, JsonElement value)
    {
        writer.WritePropertyName(name);
        if (Maps.Contains(name) && value.ValueKind == JsonValueKind.Object)
        {
            writer.WriteStartObject();
            foreach (JsonProperty member in value.EnumerateObject())
            {
                writer.WritePropertyName(LenientText.Name(member));
                WriteInner(member.Value);
            }

            writer.WriteEndObject();
        }
        else if (Lists.Contains(name) && value.ValueKind == JsonValueKind.Array)
        {
            writer.WriteStartArray();
            foreach (JsonElement variant in value.EnumerateArray())
            {
                WriteInner(variant);
            }

            writer.WriteEndArray();
        }
        else if (name is "items" or "additionalProperties" or "not")
        {
            WriteInner(value);
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
