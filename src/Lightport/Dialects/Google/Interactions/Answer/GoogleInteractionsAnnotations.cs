using System.Text;
using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>Sources of a text, with the span that each supports in bytes of its UTF-8.</summary>
internal static class GoogleInteractionsAnnotations
{
    /// <param name="text">The text that cites, as far as it is one content of its step.</param>
    /// <param name="before">How much text of the answer stands before it, in UTF-16 units.</param>
    /// <param name="start">Where the citing part of it begins, for citations that name no span.</param>
    public static void Write(
        Utf8JsonWriter writer,
        IReadOnlyList<Citation> citations,
        string text,
        int before,
        int start,
        AnswerLosses losses)
    {
        writer.WriteStartArray("annotations"u8);
        foreach (Citation citation in citations)
        {
            int from = Math.Clamp((citation.StartIndex - before) ?? start, 0, text.Length);
            int to = Math.Clamp((citation.EndIndex - before) ?? text.Length, from, text.Length);
            foreach (CitationSource source in citation.Sources)
            {
                Write(writer, source, Bytes(text, from), Bytes(text, to), losses);
            }
        }

        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, CitationSource source, int start, int end, AnswerLosses losses)
    {
        writer.WriteStartObject();
        if (source.Url is { } url)
        {
            writer.WriteString("type"u8, "url_citation"u8);
            writer.WriteString("url"u8, url);
            writer.WriteString("title"u8, source.Title ?? "");
        }
        else
        {
            writer.WriteString("type"u8, "file_citation"u8);
            writer.WriteString("file_name"u8, source.Title ?? "");
            writer.WriteString("source"u8, source.CitedText ?? "");
        }

        writer.WriteNumber("start_index"u8, start);
        writer.WriteNumber("end_index"u8, end);
        writer.WriteEndObject();
        if (source.Place is not null || (source.Url is not null && source.CitedText is not null))
        {
            // Where in a document, or which words of a page: there is no field for it.
            losses.Add("citations");
        }
    }

    private static int Bytes(string text, int length) => Encoding.UTF8.GetByteCount(text.AsSpan(0, length));
}
