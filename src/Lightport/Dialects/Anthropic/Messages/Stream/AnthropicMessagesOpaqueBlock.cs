using System.Buffers;
using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// A block that only Messages knows, between its streamed and its whole form: the input of a server tool's call, or a
/// compaction's text, comes in deltas after the block's start.
/// </summary>
internal static class AnthropicMessagesOpaqueBlock
{
    /// <summary>The whole block.</summary>
    /// <param name="start">The block as <c>content_block_start</c> gave it.</param>
    /// <param name="added">Its deltas, joined.</param>
    public static OpaquePart Join(JsonElement start, string added)
    {
        string type = start.TryGetProperty("type", out JsonElement named) && named.ValueKind == JsonValueKind.String
            ? named.Text()
            : "";
        return new OpaquePart(DialectIds.AnthropicMessages, type, added.Length > 0 ? With(start, type, added) : start);
    }

    /// <summary>The input that a streamed block tells by a delta; null where it is told whole in its start.</summary>
    public static JsonElement? StreamedInput(OpaquePart part) =>
        part.Kind.EndsWith("tool_use", StringComparison.Ordinal)
        && part.Json.TryGetProperty("input", out JsonElement input) && input.ValueKind == JsonValueKind.Object
            ? input
            : null;

    /// <summary>Writes the block without its input.</summary>
    public static void WriteStart(Utf8JsonWriter writer, JsonElement block)
    {
        writer.WriteStartObject();
        foreach (JsonProperty property in block.EnumerateObject())
        {
            string name = LenientText.Name(property);
            writer.WritePropertyName(name);
            if (name == "input")
            {
                writer.WriteStartObject();
                writer.WriteEndObject();
            }
            else
            {
                writer.WriteOnOneLine(property.Value);
            }
        }

        writer.WriteEndObject();
    }

    private static JsonElement With(JsonElement start, string type, string added)
    {
        bool isText = type == "compaction";
        byte[] value = isText ? [] : Encoding.UTF8.GetBytes(added);
        if (!isText)
        {
            JsonElement.Parse(value);
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonSettings.Writing))
        {
            string field = isText ? "content" : "input";
            writer.WriteStartObject();
            foreach (JsonProperty property in start.EnumerateObject())
            {
                string name = LenientText.Name(property);
                if (name != field)
                {
                    writer.WritePropertyName(name);
                    writer.WriteOnOneLine(property.Value);
                }
            }

            writer.WritePropertyName(field);
            if (isText)
            {
                writer.WriteStringValue(added);
            }
            else
            {
                writer.WriteOnOneLine(value);
            }

            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }
}
