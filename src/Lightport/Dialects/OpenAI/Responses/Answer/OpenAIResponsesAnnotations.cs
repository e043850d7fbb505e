using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// Sources of a text: pages by their address, files by their name
/// (https://platform.openai.com/docs/guides/tools-web-search#output-and-citations).
/// </summary>
internal static class OpenAIResponsesAnnotations
{
    /// <param name="offset">Where in the answer's text the text begins that the annotation is of.</param>
    public static Citation Read(JsonElement annotation, int offset) => new(new CitationSource
    {
        Url = annotation.TextOf("url"),
        Title = (annotation.TextOf("title") ?? annotation.TextOf("filename")) is { Length: > 0 } title ? title : null,
    })
    {
        StartIndex = offset + annotation.IntegerOf("start_index"),
        EndIndex = offset + annotation.IntegerOf("end_index"),
        Native = annotation,
        NativeDialect = DialectIds.OpenAIResponses,
    };
}
