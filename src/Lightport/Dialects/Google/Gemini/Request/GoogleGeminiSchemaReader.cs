using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Turns Google's <c>Schema</c>, a piece of OpenAPI 3.0 (https://ai.google.dev/api/caching#Schema), into JSON Schema:
/// types in capitals, bounds said as text, <c>nullable</c>, and the order of properties beside them.
/// </summary>
internal static class GoogleGeminiSchemaReader
{
    public static JsonElement Read(JsonElement schema)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonSettings.Writing))
        {
            Write(writer, schema);
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            writer.WriteMended(schema);
            return;
        }

        bool nullable = schema.ValueOf("nullable") is { ValueKind: JsonValueKind.True };
        writer.WriteStartObject();
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            Write(writer, LenientText.Name(keyword), keyword.Value, schema, nullable);
        }

        writer.WriteEndObject();
    }

    private static void Write(
        Utf8JsonWriter writer, string name, JsonElement value, JsonElement schema, bool nullable)
    {
        switch (name)
        {
            case "nullable" or "propertyOrdering" or "property_ordering":
                break;
            case "type":
                WriteType(writer, value, nullable);
                break;
            case "enum" when nullable:
                WriteNullable(writer, value);
                break;
            case "properties":
                writer.WriteStartObject("properties"u8);
                WriteProperties(writer, value, schema);
                writer.WriteEndObject();
                break;
            case "items" or "additionalProperties" or "additional_properties":
                writer.WritePropertyName(name == "items" ? name : "additionalProperties");
                Write(writer, value);
                break;
            case "anyOf" or "any_of":
                WriteVariants(writer, value, nullable && schema.ValueOf("type") is null);
                break;
            case "minItems" or "maxItems" or "minLength" or "maxLength" or "minProperties" or "maxProperties"
                or "min_items" or "max_items" or "min_length" or "max_length" or "min_properties" or "max_properties":
                WriteBound(writer, name, value);
                break;
            default:
                writer.WritePropertyName(name);
                writer.WriteMended(value);
                break;
        }
    }

    private static void WriteType(Utf8JsonWriter writer, JsonElement type, bool nullable)
    {
        if (type.ValueKind != JsonValueKind.String)
        {
            writer.WritePropertyName("type"u8);
            writer.WriteMended(type);
            return;
        }

        string word = type.Text().ToLowerInvariant();
        if (word == "type_unspecified")
        {
            return;
        }

        if (!nullable)
        {
            writer.WriteString("type"u8, word);
            return;
        }

        writer.WriteStartArray("type"u8);
        writer.WriteStringValue(word);
        writer.WriteStringValue("null"u8);
        writer.WriteEndArray();
    }

    private static void WriteNullable(Utf8JsonWriter writer, JsonElement values)
    {
        writer.WriteStartArray("enum"u8);
        foreach (JsonElement value in Elements(values))
        {
            writer.WriteMended(value);
        }

        writer.WriteNullValue();
        writer.WriteEndArray();
    }

    /// <summary>In the order that the schema asks for, as that is the order a model writes them in.</summary>
    private static void WriteProperties(Utf8JsonWriter writer, JsonElement properties, JsonElement schema)
    {
        if (properties.ValueKind != JsonValueKind.Object)
        {
            return;
        }

        JsonElement order = schema.ValueOf("propertyOrdering") ?? schema.ValueOf("property_ordering") ?? default;
        var first = new Dictionary<string, JsonElement?>(StringComparer.Ordinal);
        foreach (JsonElement name in Elements(order))
        {
            if (name.ValueKind == JsonValueKind.String)
            {
                first.TryAdd(name.Text(), properties.ValueOf(name.Text()));
            }
        }

        foreach ((string name, JsonElement? property) in first)
        {
            if (property is { } found)
            {
                writer.WritePropertyName(name);
                Write(writer, found);
            }
        }

        foreach (JsonProperty property in properties.EnumerateObject())
        {
            string name = LenientText.Name(property);
            if (!first.ContainsKey(name))
            {
                writer.WritePropertyName(name);
                Write(writer, property.Value);
            }
        }
    }

    private static void WriteVariants(Utf8JsonWriter writer, JsonElement variants, bool nullable)
    {
        writer.WriteStartArray("anyOf"u8);
        foreach (JsonElement variant in Elements(variants))
        {
            Write(writer, variant);
        }

        if (nullable)
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "null"u8);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>A whole number of 64 bits, which protobuf's JSON says as text.</summary>
    private static void WriteBound(Utf8JsonWriter writer, string name, JsonElement bound)
    {
        int gap = name.IndexOf('_', StringComparison.Ordinal);
        writer.WritePropertyName(
            gap < 0 ? name : $"{name[..gap]}{char.ToUpperInvariant(name[gap + 1])}{name[(gap + 2)..]}");
        if (bound.ValueKind == JsonValueKind.String
            && long.TryParse(bound.Text(), NumberStyles.Integer, CultureInfo.InvariantCulture, out long number))
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteMended(bound);
        }
    }

    private static JsonElement.ArrayEnumerator Elements(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default;
}
