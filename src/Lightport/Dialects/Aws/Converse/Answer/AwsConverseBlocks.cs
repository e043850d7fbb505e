using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Aws.Converse;

/// <summary>
/// Content blocks of an answer
/// (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ContentBlock.html).
/// </summary>
internal static class AwsConverseBlocks
{
    private const string ServerTool = "server_tool_use";

    /// <summary>The part that a block is; null for one that holds nothing.</summary>
    public static ContentPart? Decode(JsonElement block)
    {
        if (block.TextOf("text") is { } text)
        {
            return text.Length == 0 ? null : new TextPart(text);
        }

        return block.ObjectOf("toolUse") is { } call ? Call(call, Input(call))
            : block.ObjectOf("reasoningContent") is { } reasoning ? Reasoning(reasoning)
            : block.ObjectOf("citationsContent") is { } cited ? Cited(cited)
            : block.ObjectOf("toolResult") is { } result ? Result(result)
            : block.ObjectOf("image") is { } image ? Image(image)
            : block.ValueKind == JsonValueKind.Object ? Other(block)
            : null;
    }

    /// <param name="use">The block's <c>toolUse</c>, or what a stream begins it with.</param>
    public static ContentPart Call(JsonElement use, string arguments)
    {
        string id = use.TextOf("toolUseId") ?? "";
        string name = use.TextOf("name") ?? "";
        return use.TextOf("type") == ServerTool
            ? new ServerToolCallPart(DialectIds.AwsConverse, ServerTool, use, id, name, arguments)
            : new ToolCallPart(id, name, arguments);
    }

    /// <summary>What a tool answered that the provider ran itself.</summary>
    public static ServerToolResultPart Result(JsonElement result) => new(
        DialectIds.AwsConverse,
        result.TextOf("type") ?? "server_tool_result",
        result,
        result.TextOf("toolUseId") ?? "",
        [
            .. result.ItemsOf("content").Select(item => item.TextOf("text")).OfType<string>()
                .Select(text => new TextPart(text)),
        ])
    {
        IsError = result.TextOf("status") == "error",
    };

    public static ImagePart Image(JsonElement image) => new(MediaSource.FromBase64(
        image.ObjectOf("source")?.TextOf("bytes") ?? "", "image/" + (image.TextOf("format") ?? "png")));

    private static string Input(JsonElement use) => use.ValueOf("input") is not { } input ? "{}"
        : input.ValueKind == JsonValueKind.String ? input.Text()
        : Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8Value(input));

    private static ReasoningPart? Reasoning(JsonElement reasoning)
    {
        if (reasoning.TextOf("redactedContent") is { } redacted)
        {
            return new ReasoningPart("") { State = AwsConverseReasoning.Redacted(redacted) };
        }

        JsonElement? said = reasoning.ObjectOf("reasoningText");
        string text = said?.TextOf("text") ?? "";
        OpaqueState? state = AwsConverseReasoning.Signature(said?.TextOf("signature"));
        return text.Length == 0 && state is null ? null : new ReasoningPart(text) { State = state };
    }

    private static TextPart? Cited(JsonElement cited)
    {
        string text = string.Concat(cited.ItemsOf("content").Select(piece => piece.TextOf("text")));
        Citation[] citations = [.. cited.ItemsOf("citations").Select(AwsConverseCitations.Decode)];
        return text.Length == 0 && citations.Length == 0 ? null : new TextPart(text) { Citations = citations };
    }

    private static OpaquePart? Other(JsonElement block)
    {
        foreach (JsonProperty field in block.EnumerateObject())
        {
            return new OpaquePart(DialectIds.AwsConverse, LenientText.Name(field), block);
        }

        return null;
    }
}
