using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// Items of tools that the provider runs itself. Such an item is the call and, once it is done, its result too, so it
/// is kept whole as one part.
/// </summary>
internal static class OpenAIResponsesServerTools
{
    private const string CallEnd = "_call";

    /// <summary>Reads an item that is of no kind that every dialect has.</summary>
    public static ContentPart Read(string type, JsonElement item)
    {
        if (type == "image_generation_call" && item.TextOf("result") is { Length: > 0 } data)
        {
            string format = item.TextOf("output_format") ?? "png";
            return new ImagePart(MediaSource.FromBase64(data, "image/" + format)) { Id = item.TextOf("id") };
        }

        return Arguments(type, item) is { } arguments
            ? new ServerToolCallPart(
                DialectIds.OpenAIResponses,
                type,
                item,
                item.TextOf("id") ?? "",
                item.TextOf("name") ?? type[..^CallEnd.Length],
                arguments)
            : new OpaquePart(DialectIds.OpenAIResponses, type, item);
    }

    /// <summary>What the tool was called with, as JSON; null where the provider runs no such tool.</summary>
    private static string? Arguments(string type, JsonElement item) => type switch
    {
        "web_search_call" => item.ObjectOf("action")?.GetRawText() ?? "",
        "file_search_call" => item.ValueOf("queries")?.GetRawText() ?? "",
        "code_interpreter_call" => item.ValueOf("code")?.GetRawText() ?? "",
        "mcp_call" => item.TextOf("arguments") ?? "",
        _ => null,
    };
}
