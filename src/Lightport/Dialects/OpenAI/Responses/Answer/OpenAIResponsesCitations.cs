using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>Sources of a text: its <c>annotations</c>.</summary>
internal static class OpenAIResponsesCitations
{
    /// <summary>
    /// Whether a client can be told of all of it: an annotation names an address, or a file of the account's.
    /// </summary>
    public static bool CanWrite(Citation citation) => IsNative(citation) || citation.Sources.All(HasAddress);

    /// <summary>How many annotations a citation becomes.</summary>
    public static int Count(Citation citation) => IsNative(citation) ? 1 : citation.Sources.Count(HasAddress);

    /// <summary>Writes one of a citation's annotations.</summary>
    /// <param name="nth">Which of them, from 0.</param>
    /// <param name="before">How much of the answer's text stands before the text that cites, in UTF-16 units.</param>
    /// <param name="length">The length of the text that cites, in UTF-16 units.</param>
    public static void Write(Utf8JsonWriter writer, Citation citation, int nth, int before, int length)
    {
        if (citation.Native is { } native && IsNative(citation))
        {
            writer.WriteMended(native);
            return;
        }

        CitationSource source = citation.Sources.Where(HasAddress).ElementAt(nth);
        writer.WriteStartObject();
        writer.WriteString("type"u8, "url_citation"u8);
        writer.WriteString("url"u8, source.Url);
        writer.WriteString("title"u8, source.Title ?? "");
        writer.WriteNumber("start_index"u8, Within(citation.StartIndex, 0, before, length));
        writer.WriteNumber("end_index"u8, Within(citation.EndIndex, length, before, length));
        writer.WriteEndObject();
    }

    /// <summary>A place in the whole answer's text as one in this text.</summary>
    private static int Within(int? place, int unsaid, int before, int length) =>
        place is { } told ? Math.Clamp(told - before, 0, length) : unsaid;

    private static bool IsNative(Citation citation) =>
        citation is { Native: not null, NativeDialect: DialectIds.OpenAIResponses };

    private static bool HasAddress(CitationSource source) => source.Url is not null;
}
