using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Writes content blocks of a request.</summary>
internal sealed class AnthropicMessagesBlockWriter(Utf8JsonWriter writer, ToolNames toolNames)
{
    public void Write(ContentPart part)
    {
        switch (part)
        {
            case ReasoningPart reasoning:
                AnthropicMessagesReasoning.Write(writer, reasoning);
                return;
            case OpaquePart opaque:
                AnthropicMessagesOpaqueBlock.Write(writer, opaque);
                return;
        }

        writer.WriteStartObject();
        switch (part)
        {
            case TextPart text:
                WriteText(text);
                break;
            case ImagePart image:
                AnthropicMessagesMediaWriter.WriteImage(writer, image);
                break;
            case FilePart file:
                AnthropicMessagesMediaWriter.WriteDocument(writer, file);
                break;
            case ToolCallPart call:
                writer.WriteString("type"u8, "tool_use"u8);
                writer.WriteString("id"u8, call.CallId);
                writer.WriteString("name"u8, toolNames.For(call.Name));
                CallArguments.Write(writer, "input"u8, call);
                break;
            case ToolResultPart result:
                WriteResult(result);
                break;
        }

        WriteCache(writer, part.Cache);
        writer.WriteFields(part.Extensions);
        writer.WriteEndObject();
    }

    public static void WriteCache(Utf8JsonWriter writer, CacheControl? cache)
    {
        if (cache is null)
        {
            return;
        }

        writer.WriteStartObject("cache_control"u8);
        writer.WriteString("type"u8, "ephemeral"u8);
        if (cache.TimeToLive is not null)
        {
            writer.WriteString("ttl"u8, cache.TimeToLive);
        }

        writer.WriteEndObject();
    }

    private void WriteText(TextPart text)
    {
        writer.WriteString("type"u8, "text"u8);
        writer.WriteString("text"u8, text.Text);

        // Only its own: the API checks each against what it searched itself.
        if (text.Citations.Count > 0 && text.Citations.Any(AnthropicMessagesCitations.IsNative))
        {
            writer.WriteStartArray("citations"u8);
            foreach (Citation citation in text.Citations.Where(AnthropicMessagesCitations.IsNative))
            {
                AnthropicMessagesCitations.Write(writer, citation);
            }

            writer.WriteEndArray();
        }
    }

    private void WriteResult(ToolResultPart result)
    {
        writer.WriteString("type"u8, "tool_result"u8);
        writer.WriteString("tool_use_id"u8, result.CallId);
        if (result.Parts.Count > 0 || result.ToolReferences.Count > 0)
        {
            writer.WriteStartArray("content"u8);
            foreach (ContentPart part in result.Parts)
            {
                Write(part);
            }

            foreach (string tool in result.ToolReferences)
            {
                writer.WriteStartObject();
                writer.WriteString("type"u8, "tool_reference"u8);
                writer.WriteString("tool_name"u8, toolNames.For(tool));
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        if (result.IsError)
        {
            writer.WriteBoolean("is_error"u8, true);
        }
    }
}
