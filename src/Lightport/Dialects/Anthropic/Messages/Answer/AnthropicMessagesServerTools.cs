using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// Blocks of tools that Anthropic runs itself: a call and its result, whose types end alike whatever the tool
/// (https://platform.claude.com/docs/en/agents-and-tools/tool-use/web-search-tool#response).
/// </summary>
internal static class AnthropicMessagesServerTools
{
    /// <summary>The fields of a result that a person would read.</summary>
    private static readonly string[] Shown = ["text", "stdout", "stderr", "error_code"];

    public static bool IsCall(string type) => type.EndsWith("_tool_use", StringComparison.Ordinal);

    /// <summary>Reads a block that is of no kind that every dialect has.</summary>
    public static OpaquePart Read(string type, JsonElement block)
    {
        if (IsCall(type))
        {
            string input = block.ObjectOf("input") is { } given
                ? Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(given))
                : "";
            return new ServerToolCallPart(
                DialectIds.AnthropicMessages,
                type,
                block,
                block.TextOf("id") ?? "",
                block.TextOf("name") ?? "",
                input);
        }

        return type.EndsWith("_tool_result", StringComparison.Ordinal)
            ? Result(type, block)
            : new OpaquePart(DialectIds.AnthropicMessages, type, block);
    }

    private static ServerToolResultPart Result(string type, JsonElement block)
    {
        var parts = new List<ContentPart>();
        bool isError = block.ValueOf("is_error") is { ValueKind: JsonValueKind.True };
        if (block.ValueOf("content") is { } content)
        {
            isError |= content.TextOf("type")?.EndsWith("_error", StringComparison.Ordinal) == true;
            Show(content, parts);
        }

        string callId = block.TextOf("tool_use_id") ?? "";
        return new ServerToolResultPart(DialectIds.AnthropicMessages, type, block, callId, parts) { IsError = isError };
    }

    private static void Show(JsonElement content, List<ContentPart> parts)
    {
        switch (content.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (JsonElement item in content.EnumerateArray())
                {
                    Show(item, parts);
                }

                break;
            case JsonValueKind.String:
                parts.Add(new TextPart(content.Text()));
                break;
            case JsonValueKind.Object when content.TextOf("url") is { Length: > 0 } url:
                var page = new CitationSource { Url = url, Title = content.TextOf("title") };
                parts.Add(new TextPart(page.Title ?? "") { Citations = [new Citation(page)] });
                break;
            case JsonValueKind.Object:
                foreach (string field in Shown)
                {
                    if (content.TextOf(field) is { Length: > 0 } text)
                    {
                        parts.Add(new TextPart(text));
                    }
                }

                break;
        }
    }
}
