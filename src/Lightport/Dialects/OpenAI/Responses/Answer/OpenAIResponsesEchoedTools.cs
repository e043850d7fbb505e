using System.Buffers;
using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// The tools of a request as its answer repeats them: whole, with what a typed client insists on, and without the keys
/// that an MCP server is to be shown.
/// </summary>
internal static class OpenAIResponsesEchoedTools
{
    private static readonly string[] Secret = ["authorization", "headers"];
    private static readonly string[] Demanded = ["parameters", "strict"];

    /// <param name="said">The request's field; empty where it has none.</param>
    public static byte[] Of(ReadOnlySpan<byte> said)
    {
        if (said.IsEmpty || JsonElement.Parse(said) is not { ValueKind: JsonValueKind.Array } tools)
        {
            return [.. "[]"u8];
        }

        var buffer = new ArrayBufferWriter<byte>(said.Length);
        using (var writer = new Utf8JsonWriter(buffer, JsonSettings.Writing))
        {
            writer.WriteStartArray();
            foreach (JsonElement tool in tools.EnumerateArray())
            {
                Write(writer, tool);
            }

            writer.WriteEndArray();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter writer, JsonElement tool)
    {
        if (tool.ValueKind != JsonValueKind.Object)
        {
            writer.WriteMended(tool);
            return;
        }

        writer.WriteStartObject();
        foreach (JsonProperty property in tool.EnumerateObject())
        {
            string name = LenientText.Name(property);
            if (!Secret.Contains(name))
            {
                writer.WritePropertyName(name);
                writer.WriteMended(property.Value);
            }
        }

        if (tool.TextOf("type") == "function")
        {
            foreach (string name in Demanded)
            {
                if (!LenientText.TryGetProperty(tool, name, out _))
                {
                    writer.WriteNull(name);
                }
            }
        }

        writer.WriteEndObject();
    }
}
