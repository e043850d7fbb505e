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
    public static List<ContentPart> DecodeContent(JsonElement content, string path, RequestTally tally)
    {
        var parts = new List<ContentPart>();
        switch (content.ValueKind)
        {
            case JsonValueKind.String:
                tally.AddPart();
                parts.Add(new TextPart(content.Text()));
                return parts;
            case JsonValueKind.Array:
                foreach (JsonElement block in content.EnumerateArray())
                {
                    tally.AddPart();
                    parts.Add(Decode(block, $"{path}[{parts.Count}]", tally));
                }

                return parts;
            default:
                throw AnthropicMessagesFields.Wrong(path, "a string or an array of blocks");
        }
    }

    private static ContentPart Decode(JsonElement block, string path, RequestTally tally)
    {
        if (block.ValueKind != JsonValueKind.Object)
        {
            throw AnthropicMessagesFields.Wrong(path, "a block");
        }

        string type = AnthropicMessagesFields.RequireString(block, "type", path);
        ContentPart part = type switch
        {
            "text" => new TextPart(AnthropicMessagesFields.RequireString(block, "text", path))
            {
                Citations = AnthropicMessagesCitations.Decode(block),
            },
            "image" => AnthropicMessagesMediaDecoder.DecodeImage(block, path),
            "document" => AnthropicMessagesMediaDecoder.DecodeDocument(block, path, tally),
            "tool_use" => ToolCall(block, path),
            "tool_result" => ToolResult(block, path, tally),
            "thinking" => AnthropicMessagesReasoning.FromThinking(
                AnthropicMessagesFields.OptionalString(block, "thinking", path),
                AnthropicMessagesFields.OptionalString(block, "signature", path)),
            "redacted_thinking" => AnthropicMessagesReasoning.FromRedacted(
                AnthropicMessagesFields.RequireString(block, "data", path)),
            _ => AnthropicMessagesServerTools.Read(type, block),
        };
        if (AnthropicMessagesFields.OptionalCache(block, path) is { } cache)
        {
            part = part with { Cache = cache };
        }

        return Known.TryGetValue(type, out FrozenSet<string>? known)
            && AnthropicMessagesFields.Others(block, known, tally).ToArray() is { Length: > 0 } others
                ? part with { Extensions = others }
                : part;
    }

    private static FrozenSet<string> Fields(params string[] own) => FrozenSet.Create(["type", "cache_control", .. own]);

    private static ToolCallPart ToolCall(JsonElement block, string path) => new(
        AnthropicMessagesFields.RequireString(block, "id", path),
        AnthropicMessagesFields.RequireString(block, "name", path),
        AnthropicMessagesFields.OptionalObject(block, "input", path) is { } input
            ? Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(input))
            : "{}");

    private static ToolResultPart ToolResult(JsonElement block, string path, RequestTally tally)
    {
        var parts = new List<ContentPart>();
        var references = new List<string>();
        if (AnthropicMessagesFields.Optional(block, "content") is { } content)
        {
            foreach (ContentPart part in DecodeContent(content, path + ".content", tally))
            {
                if (part is OpaquePart { Kind: "tool_reference" } reference)
                {
                    references.Add(
                        AnthropicMessagesFields.RequireString(reference.Json, "tool_name", path + ".content"));
                }
                else if (part is ToolCallPart or ToolResultPart or ReasoningPart)
                {
                    throw AnthropicMessagesFields.Wrong(path + ".content", "text, images, documents or search results");
                }
                else
                {
                    parts.Add(part);
                }
            }
        }

        return new ToolResultPart(AnthropicMessagesFields.RequireString(block, "tool_use_id", path), parts)
        {
            IsError = AnthropicMessagesFields.OptionalBoolean(block, "is_error", path) ?? false,
            ToolReferences = references,
        };
    }
}
