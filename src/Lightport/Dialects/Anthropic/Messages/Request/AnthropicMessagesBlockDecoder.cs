using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Reads the content blocks of a request. A block that only Messages knows is kept whole.</summary>
internal static class AnthropicMessagesBlockDecoder
{
    private static readonly FrozenDictionary<string, FrozenSet<string>> Known =
        new Dictionary<string, FrozenSet<string>>
        {
            ["text"] = Fields("text", "citations"),
            ["image"] = Fields("source"),
            ["document"] = Fields("source", "title", "context", "citations"),
            ["tool_use"] = Fields("id", "name", "input"),
            ["tool_result"] = Fields("tool_use_id", "content", "is_error"),
            ["thinking"] = Fields("thinking", "signature"),
            ["redacted_thinking"] = Fields("data"),
        }.ToFrozenDictionary();

    /// <summary>Content is text, or a list of blocks.</summary>
    public static List<ContentPart> DecodeContent(RequestFields fields, JsonElement content)
    {
        var parts = new List<ContentPart>();
        switch (content.ValueKind)
        {
            case JsonValueKind.String:
                fields.Tally.AddPart();
                parts.Add(new TextPart(content.Text()));
                return parts;
            case JsonValueKind.Array:
                foreach (JsonElement block in content.EnumerateArray())
                {
                    fields.Tally.AddPart();
                    parts.Add(Decode(fields, block));
                }

                return parts;
            default:
                throw fields.Wrong(content, "must be a string or an array of blocks");
        }
    }

    private static ContentPart Decode(RequestFields fields, JsonElement block)
    {
        if (block.ValueKind != JsonValueKind.Object)
        {
            throw fields.Wrong(block, "must be a block");
        }

        string type = fields.RequiredText(block, "type");
        ContentPart part = type switch
        {
            "text" => new TextPart(fields.RequiredText(block, "text"))
            {
                Citations = AnthropicMessagesCitations.Decode(block),
            },
            "image" => AnthropicMessagesMediaDecoder.DecodeImage(fields, block),
            "document" => AnthropicMessagesMediaDecoder.DecodeDocument(fields, block),
            "tool_use" => ToolCall(fields, block),
            "tool_result" => ToolResult(fields, block),
            "thinking" => AnthropicMessagesReasoning.FromThinking(
                fields.Text(block, "thinking"), fields.Text(block, "signature")),
            "redacted_thinking" => AnthropicMessagesReasoning.FromRedacted(fields.RequiredText(block, "data")),
            _ => AnthropicMessagesRunDecoder.Read(fields, type, block)
                ?? AnthropicMessagesShownBlocks.Read(fields, type, block)
                ?? AnthropicMessagesServerTools.Read(type, block),
        };
        if (CacheMark.Of(fields, block) is { } cache)
        {
            part = part with { Cache = cache };
        }

        return Known.TryGetValue(type, out FrozenSet<string>? known)
            && fields.Others(block, known) is { Count: > 0 } others
                ? part with { Extensions = [.. part.Extensions, .. others] }
                : part;
    }

    private static FrozenSet<string> Fields(params string[] own) => FrozenSet.Create(["type", "cache_control", .. own]);

    private static ToolCallPart ToolCall(RequestFields fields, JsonElement block) => new(
        AnthropicMessagesToldCallId.Decode(fields.RequiredText(block, "id")),
        fields.RequiredText(block, "name"),
        fields.Object(block, "input") is { } input
            ? Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(input))
            : "{}");

    private static ToolResultPart ToolResult(RequestFields fields, JsonElement block)
    {
        var parts = new List<ContentPart>();
        var references = new List<string>();
        if (fields.Find(block, "content") is { } content)
        {
            foreach (ContentPart part in DecodeContent(fields, content))
            {
                if (part is OpaquePart { Kind: "tool_reference" } reference)
                {
                    references.Add(fields.RequiredText(reference.Json, "tool_name"));
                }
                else if (part is ToolCallPart or ToolResultPart or ReasoningPart)
                {
                    throw fields.Wrong(content, "must be text, images, documents or search results");
                }
                else
                {
                    parts.Add(part);
                }
            }
        }

        string id = AnthropicMessagesToldCallId.Decode(fields.RequiredText(block, "tool_use_id"));
        return new ToolResultPart(id, parts)
        {
            IsError = fields.Boolean(block, "is_error") ?? false,
            ToolReferences = references,
        };
    }
}
