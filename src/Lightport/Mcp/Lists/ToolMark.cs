using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace Lightport.Mcp.Lists;

/// <summary>Tells whether a tool is still what it was: a hash of all that a model is told of it.</summary>
internal static class ToolMark
{
    public static string Of(McpTool tool)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text))
        {
            writer.WriteStartArray();
            writer.WriteStringValue(tool.Name);
            writer.WriteStringValue(tool.Title);
            writer.WriteStringValue(tool.Description);
            writer.WriteBooleanValue(tool.IsReadOnly);
            writer.WriteBooleanValue(tool.IsIdempotent);
            Write(writer, tool.Parameters);
            writer.WriteEndArray();
        }

        return Convert.ToHexStringLower(SHA256.HashData(text.WrittenSpan));
    }

    /// <summary>Whether all that it says is text, so that it can be hashed, and told to models.</summary>
    public static bool CanBeMade(McpTool tool)
    {
        try
        {
            Of(tool);
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            return false;
        }
    }

    /// <summary>In the order of the names, since some servers write fields in another at each answer.</summary>
    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty property in value.EnumerateObject()
                    .OrderBy(property => property.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in value.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
