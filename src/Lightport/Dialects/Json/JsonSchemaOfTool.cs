using System.Text.Json;

namespace Lightport.Dialects.Json;

/// <summary>
/// Writes a tool's schema for targets that read JSON Schema 2020-12 and demand an object
/// (https://platform.claude.com/docs/en/agents-and-tools/tool-use/define-tools): with the type that others take for
/// granted, tuples as that draft has them, and where it has to be no alternatives at the root.
/// </summary>
internal static class JsonSchemaOfTool
{
    /// <param name="merges">The target refuses alternatives at the root.</param>
    /// <returns>The keywords that are left out, and with them what they say.</returns>
    public static IReadOnlyList<string> Write(Utf8JsonWriter writer, JsonElement schema, bool merges)
    {
        bool isMerged = merges && JsonSchemaRoot.HasAlternatives(schema);
        bool hasType = LenientText.TryGetProperty(schema, "type", out _);
        bool hasTuples = JsonSchemaTuples.AreIn(schema);
        if (hasType && !isMerged && !hasTuples)
        {
            writer.WriteOnOneLine(schema);
            return [];
        }

        var lost = new List<string>();
        bool isTuple = JsonSchemaTuples.Is(schema);
        writer.WriteStartObject();
        if (!hasType || isMerged)
        {
            writer.WriteString("type"u8, "object"u8);
        }

        if (isMerged)
        {
            WriteProperties(writer, schema);
        }

        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            string name = LenientText.Name(keyword);
            if (isMerged && JsonSchemaRoot.IsAlternatives(name))
            {
                lost.Add(name);
            }
            else if (isMerged && name is ("type" or "properties"))
            {
                // Said by now.
                continue;
            }
            else if (hasTuples)
            {
                JsonSchemaTuples.WriteKeyword(writer, keyword, isTuple);
            }
            else
            {
                writer.WritePropertyName(name);
                writer.WriteOnOneLine(keyword.Value);
            }
        }

        writer.WriteEndObject();
        return lost;
    }

    private static void WriteProperties(Utf8JsonWriter writer, JsonElement schema)
    {
        writer.WriteStartObject("properties"u8);
        foreach ((string name, List<JsonElement> said) in JsonSchemaRoot.Properties(schema))
        {
            writer.WritePropertyName(name);
            JsonSchemaRoot.WriteProperty(writer, said, JsonSchemaTuples.Write);
        }

        writer.WriteEndObject();
    }
}
