using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Parts of tools that Google runs itself: code and its result, a search and what it found
/// (https://ai.google.dev/gemini-api/docs/code-execution, …/docs/tool-combination). Each is kept whole, with its
/// signature in it.
/// </summary>
internal static class GoogleGeminiServerTools
{
    private const string CodeExecution = "code_execution";

    /// <param name="kind">The part's field.</param>
    /// <param name="part">All of the part.</param>
    /// <param name="content">The field's value.</param>
    public static OpaquePart Read(string kind, JsonElement part, JsonElement content)
    {
        string id = content.TextOf("id") ?? "";
        return kind switch
        {
            "executableCode" => new ServerToolCallPart(
                DialectIds.GoogleGemini, kind, part, id, CodeExecution, GoogleGeminiJson.OnOneLine(content)),
            "toolCall" => new ServerToolCallPart(
                DialectIds.GoogleGemini,
                kind,
                part,
                id,
                content.TextOf("toolType") ?? "",
                content.ObjectOf("args") is { } arguments ? GoogleGeminiJson.OnOneLine(arguments) : ""),
            "codeExecutionResult" => new ServerToolResultPart(
                DialectIds.GoogleGemini, kind, part, id, Shown(content.TextOf("output")))
            {
                IsError = content.TextOf("outcome") is not (null or "OUTCOME_OK"),
            },
            "toolResponse" => new ServerToolResultPart(
                DialectIds.GoogleGemini,
                kind,
                part,
                id,
                Shown(content.ObjectOf("response") is { } response ? GoogleGeminiJson.OnOneLine(response) : null)),
            _ => new OpaquePart(DialectIds.GoogleGemini, kind, part),
        };
    }

    private static IReadOnlyList<ContentPart> Shown(string? text) =>
        string.IsNullOrEmpty(text) ? [] : [new TextPart(text)];
}
