using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// Citations of a text block (https://platform.claude.com/docs/en/build-with-claude/citations). Those of Messages are
/// kept whole; another dialect's is told to clients in the shape of a web search result.
/// </summary>
internal static class AnthropicMessagesCitations
{
    public static IReadOnlyList<Citation> Decode(JsonElement block) =>
        LenientText.TryGetProperty(block, "citations", out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).Select(DecodeOne)]
            : [];

    public static Citation DecodeOne(JsonElement citation)
    {
        string? address = citation.TextOf("url") ?? citation.TextOf("source");
        return new Citation(new CitationSource
        {
            Url = address is not null && Uri.TryCreate(address, UriKind.Absolute, out _) ? address : null,
            Title = citation.TextOf("title") ?? citation.TextOf("document_title"),
            CitedText = citation.TextOf("cited_text"),
            Document = citation.IntegerOf("document_index"),
            Place = Place(citation, CitedUnit.Character, "start_char_index", "end_char_index")
                ?? Place(citation, CitedUnit.Page, "start_page_number", "end_page_number")
                ?? Place(citation, CitedUnit.Block, "start_block_index", "end_block_index"),
        })
        {
            Native = citation,
            NativeDialect = DialectIds.AnthropicMessages,
        };
    }

    public static bool IsNative(Citation citation) => citation.NativeDialect == DialectIds.AnthropicMessages;

    /// <summary>Whether a client can be told of all of it: its own dialect's, or one that points at pages.</summary>
    public static bool CanWrite(Citation citation) => IsNative(citation) || citation.Sources.All(HasAddress);

    /// <summary>
    /// What a client can be told of it. A citation has one source on this wire, so that each of several is one.
    /// </summary>
    public static IEnumerable<Citation> Writable(Citation citation) => IsNative(citation)
        ? [citation]
        : citation.Sources.Where(HasAddress).Select(source => new Citation(source));

    /// <param name="citation">One of <see cref="Writable"/>.</param>
    public static void Write(Utf8JsonWriter writer, Citation citation)
    {
        if (IsNative(citation) && citation.Native is { } native)
        {
            writer.WriteOnOneLine(native);
            return;
        }

        CitationSource source = citation.Sources[0];
        writer.WriteStartObject();
        writer.WriteString("type"u8, "web_search_result_location"u8);
        writer.WriteString("cited_text"u8, source.CitedText ?? "");
        writer.WriteString("url"u8, source.Url);
        writer.WriteString("title"u8, source.Title);
        writer.WriteString("encrypted_index"u8, ""u8);
        writer.WriteEndObject();
    }

    private static bool HasAddress(CitationSource source) => source.Url is not null;

    private static CitedPlace? Place(JsonElement citation, CitedUnit unit, string start, string end) =>
        citation.IntegerOf(start) is { } first && citation.IntegerOf(end) is { } last
            ? new CitedPlace(unit, first, last)
            : null;
}
