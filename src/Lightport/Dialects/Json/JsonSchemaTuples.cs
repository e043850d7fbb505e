using System.Text.Json;

namespace Lightport.Dialects.Json;

/// <summary>
/// Tuples as JSON Schema wrote them before 2020-12, <c>items</c> as a list and <c>additionalItems</c> for what comes
/// behind; since then they are <c>prefixItems</c> and <c>items</c>
/// (https://json-schema.org/draft/2020-12/release-notes#changes-to-items-and-additionalitems).
/// </summary>
internal static class JsonSchemaTuples
{
    private static readonly string[] Maps =
        ["properties", "$defs", "definitions", "patternProperties", "dependentSchemas"];
    private static readonly string[] Lists = ["anyOf", "oneOf", "allOf", "prefixItems"];
    private static readonly string[] Schemas =
        ["items", "additionalProperties", "not", "contains", "propertyNames", "if", "then", "else"];

    /// <summary>Whether a schema is such a tuple itself.</summary>
    public static bool Is(JsonElement schema) => schema.ValueOf("items") is { ValueKind: JsonValueKind.Array };

    /// <summary>Whether a schema is such a tuple, or has one anywhere in it.</summary>
    public static bool AreIn(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            string name = LenientText.Name(keyword);
            JsonElement value = keyword.Value;
            bool found = value.ValueKind switch
            {
                JsonValueKind.Array when name == "items" => true,
                JsonValueKind.Array when Lists.Contains(name) => value.EnumerateArray().Any(AreIn),
                JsonValueKind.Object when Maps.Contains(name) =>
                    value.EnumerateObject().Any(member => AreIn(member.Value)),
                JsonValueKind.Object when Schemas.Contains(name) => AreIn(value),
                _ => false,
            };
            if (found)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What a keyword is called since 2020-12; null where it says nothing there.</summary>
    /// <param name="isTuple">Whether the schema that it stands in is a tuple of before.</param>
    public static string? Name(JsonProperty keyword, bool isTuple)
    {
        string name = LenientText.Name(keyword);
        return !isTuple ? name : name switch
        {
            "items" => keyword.Value.GetArrayLength() > 0 ? "prefixItems" : null,
            "additionalItems" => "items",
            "prefixItems" => null,
            _ => name,
        };
    }

    /// <summary>Writes a schema with its tuples as they are since 2020-12, and all else as it is.</summary>
    public static void Write(Utf8JsonWriter writer, JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
        {
            writer.WriteOnOneLine(schema);
            return;
        }

        bool isTuple = Is(schema);
        writer.WriteStartObject();
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            WriteKeyword(writer, keyword, isTuple);
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes a keyword of a schema as <see cref="Write"/> does.</summary>
    public static void WriteKeyword(Utf8JsonWriter writer, JsonProperty keyword, bool isTuple)
    {
        // A schema that still says that it is of an older draft would be read as one.
        if (Name(keyword, isTuple) is not { } name || name == "$schema")
        {
            return;
        }

        writer.WritePropertyName(name);
        switch (keyword.Value.ValueKind)
        {
            case JsonValueKind.Array when Lists.Contains(name):
                writer.WriteStartArray();
                foreach (JsonElement one in keyword.Value.EnumerateArray())
                {
                    Write(writer, one);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Object when Maps.Contains(name):
                writer.WriteStartObject();
                foreach (JsonProperty member in keyword.Value.EnumerateObject())
                {
                    writer.WritePropertyName(LenientText.Name(member));
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Object when Schemas.Contains(name):
                Write(writer, keyword.Value);
                break;
            default:
                writer.WriteOnOneLine(keyword.Value);
                break;
        }
    }
}
