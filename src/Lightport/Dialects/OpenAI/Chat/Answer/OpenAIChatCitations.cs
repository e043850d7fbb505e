using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>Sources of an answer: <c>annotations</c> of a message, or Perplexity's lists beside the choices.</summary>
internal static class OpenAIChatCitations
{
    public static Citation Read(JsonElement annotation)
    {
        JsonElement inner = annotation.ValueOf("url_citation") ?? annotation;
        return new Citation(new CitationSource
        {
            Url = inner.TextOf("url"),
            Title = inner.TextOf("title") is { Length: > 0 } title ? title : null,
            CitedText = inner.TextOf("content"),
        })
        {
            StartIndex = inner.IntegerOf("start_index"),
            EndIndex = inner.IntegerOf("end_index"),
            Native = annotation,
            NativeDialect = DialectIds.OpenAIChat,
        };
    }

    /// <summary>The sources that stand beside the choices, titled where the provider says titles.</summary>
    public static IReadOnlyList<Citation> ReadSources(JsonElement root)
    {
        Citation[] results =
        [
            .. root.ItemsOf("search_results").Where(result => result.TextOf("url") is not null)
                .Select(result => Page(result.TextOf("url"), result.TextOf("title"))),
        ];
        return results.Length > 0
            ? results
            : [.. root.ItemsOf("citations").Where(url => url.ValueKind == JsonValueKind.String)
                .Select(url => Page(url.Text(), null))];
    }

    /// <summary>
    /// Whether a client can be told of all of it. A place in a document has no address, chat's annotations have only
    /// those, and typed clients refuse the whole answer over an annotation of another kind.
    /// </summary>
    public static bool CanWrite(Citation citation) => IsNative(citation) || citation.Sources.All(HasAddress);

    /// <summary>Whether a client can be told of any of it.</summary>
    public static bool CanWriteSome(Citation citation) => IsNative(citation) || citation.Sources.Any(HasAddress);

    /// <summary>Writes an annotation for each source that has an address.</summary>
    /// <param name="start">Where the text that cites begins in the message's content, in UTF-16 units.</param>
    /// <param name="end">Where it ends: just after its last unit.</param>
    public static void Write(Utf8JsonWriter writer, Citation citation, int start, int end)
    {
        if (citation.Native is { } native && IsNative(citation))
        {
            writer.WriteMended(native);
            return;
        }

        foreach (CitationSource source in citation.Sources.Where(HasAddress))
        {
            writer.WriteStartObject();
            writer.WriteString("type"u8, "url_citation"u8);
            writer.WriteStartObject("url_citation"u8);
            writer.WriteString("url"u8, source.Url);
            writer.WriteString("title"u8, source.Title ?? "");
            writer.WriteNumber("start_index"u8, citation.StartIndex ?? start);
            writer.WriteNumber("end_index"u8, citation.EndIndex ?? end);
            if (source.CitedText is not null)
            {
                writer.WriteString("content"u8, source.CitedText);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }
    }

    private static bool IsNative(Citation citation) =>
        citation is { Native: not null, NativeDialect: DialectIds.OpenAIChat };

    private static bool HasAddress(CitationSource source) => source.Url is not null;

    private static Citation Page(string? url, string? title) => new(new CitationSource { Url = url, Title = title });
}
