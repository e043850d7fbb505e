using System.Buffers;
using System.Runtime.InteropServices;
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
    private const string EncryptedContent = "encrypted_content";

    /// <summary>The whole block.</summary>
    /// <param name="start">The block as <c>content_block_start</c> gave it.</param>
    /// <param name="added">Its deltas, joined.</param>
    /// <param name="encrypted">What they said that is wanted back beside a compaction's text; null for nothing.</param>
    public static OpaquePart Join(JsonElement start, string added, string? encrypted = null)
    {
        string type = start.TextOf("type") ?? "";
        bool isWhole = added.Length == 0 && encrypted is null;
        return AnthropicMessagesServerTools.Read(type, isWhole ? start : With(start, type, added, encrypted));
    }

    /// <summary>Writes the whole block. A call that came in pieces has its input beside its JSON.</summary>
    public static void Write(Utf8JsonWriter writer, OpaquePart part)
    {
        if (part is ServerToolCallPart { Arguments.Length: > 0 } call && !HasInput(call))
        {
            Write(writer, call.Json, call.Arguments);
        }
        else
        {
            writer.WriteOnOneLine(part.Json);
        }
    }

    /// <summary>Writes a call without its input, which comes after it.</summary>
    public static void WriteStart(Utf8JsonWriter writer, JsonElement block) => Write(writer, block, "{}");

    private static bool HasInput(ServerToolCallPart call) => call.Json.ObjectOf("input") is { } input
        && JsonMarshal.GetRawUtf8Value(input).SequenceEqual(Encoding.UTF8.GetBytes(call.Arguments));

    private static void Write(Utf8JsonWriter writer, JsonElement block, string arguments)
    {
        writer.WriteStartObject();
        foreach (JsonProperty property in block.EnumerateObject())
        {
            string name = LenientText.Name(property);
            if (name == "input")
            {
                CallArguments.Write(writer, "input"u8, arguments);
            }
            else
            {
                writer.WritePropertyName(name);
                writer.WriteOnOneLine(property.Value);
            }
        }

        writer.WriteEndObject();
    }

    private static JsonElement With(JsonElement start, string type, string added, string? encrypted)
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
                if (name != field && (encrypted is null || name != EncryptedContent))
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

            writer.WriteOptional(EncryptedContent, encrypted);
            writer.WriteEndObject();
        }

        return JsonElement.Parse(buffer.WrittenSpan);
    }
}
