using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Aws.Converse;

/// <summary>Writes content blocks of a request, each in an object of its own with one field.</summary>
internal sealed class AwsConverseBlockWriter(Utf8JsonWriter writer, ToolNames toolNames, AwsConverseFamily family)
{
    private readonly AwsConverseMediaWriter _media = new(writer);

    public void Write(ContentPart part)
    {
        writer.WriteStartObject();
        switch (part)
        {
            case TextPart text:
                writer.WriteString("text"u8, text.Text);
                break;
            case ReasoningPart reasoning:
                AwsConverseReasoning.Write(writer, reasoning);
                break;
            case ImagePart or FilePart or AudioPart:
                _media.Write(part);
                break;
            case ToolCallPart call:
                writer.WriteStartObject("toolUse"u8);
                writer.WriteString("toolUseId"u8, call.CallId);
                writer.WriteString("name"u8, toolNames.For(call.Name));
                CallArguments.Write(writer, "input"u8, call);
                writer.WriteEndObject();
                break;
            case ToolResultPart result:
                WriteResult(result);
                break;
            case OpaquePart opaque:
                WriteOpaque(opaque);
                break;
        }

        writer.WriteEndObject();
        if (part.Cache is { } cache)
        {
            WriteCachePoint(writer, cache);
        }
    }

    /// <summary>A block of its own, behind what it marks.</summary>
    public static void WriteCachePoint(Utf8JsonWriter writer, CacheControl cache)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("cachePoint"u8);
        writer.WriteString("type"u8, "default"u8);
        if (cache.TimeToLive is "5m" or "1h")
        {
            writer.WriteString("ttl"u8, cache.TimeToLive);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private void WriteResult(ToolResultPart result)
    {
        writer.WriteStartObject("toolResult"u8);
        writer.WriteString("toolUseId"u8, result.CallId);
        writer.WriteStartArray("content"u8);
        foreach (ContentPart part in WithError(result))
        {
            Write(part with { Cache = null });
        }

        if (result.ToolReferences.Count > 0)
        {
            Write(new TextPart($"Tools found: {string.Join(", ", result.ToolReferences.Select(toolNames.For))}"));
        }
        else if (result.Parts.Count == 0)
        {
            Write(new TextPart("(nothing)"));
        }

        writer.WriteEndArray();
        if (result.IsError && family.MarksErrors)
        {
            writer.WriteString("status"u8, "error"u8);
        }

        writer.WriteEndObject();
    }

    /// <summary>The content, which itself says that it is an error where the model knows no status.</summary>
    private IEnumerable<ContentPart> WithError(ToolResultPart result) => !result.IsError || family.MarksErrors
        ? result.Parts
        : result.Parts is [TextPart first, ..]
            ? [first with { Text = "Error: " + first.Text }, .. result.Parts.Skip(1)]
            : [new TextPart("Error"), .. result.Parts];

    /// <summary>Its JSON is the whole block, whose one field is taken out of its braces here.</summary>
    private void WriteOpaque(OpaquePart opaque)
    {
        foreach (JsonProperty field in opaque.Json.EnumerateObject())
        {
            writer.WritePropertyName(LenientText.Name(field));
            writer.WriteOnOneLine(field.Value);
        }
    }
}
