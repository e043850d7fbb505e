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
        block.TryGetProperty("citations", out JsonElement list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).Select(DecodeOne)]
            : [];

    public static Citation DecodeOne(JsonElement citation)
    {
        string? source = Text(citation, "url") ?? Text(citation, "source");
        return new Citation
        {
            Url = source is not null && Uri.TryCreate(source, UriKind.Absolute, out _) ? source : null,
            Title = Text(citation, "title") ?? Text(citation, "document_title"),
            CitedText = Text(citation, "cited_text"),
            Native = citation,
            NativeDialect = DialectIds.AnthropicMessages,
        };
    }

    public static bool IsNative(Citation citation) => citation.NativeDialect == DialectIds.AnthropicMessages;

    /// <summary>Whether a client can be told of it: its own dialect's, or one that points at a page.</summary>
    public static bool CanWrite(Citation citation) => IsNative(citation) || citation.Url is not null;

    public static void Write(Utf8JsonWriter writer, Citation citation)
    {
        if (IsNative(citation) && citation.Native is { } native)
        {
            writer.WriteOnOneLine(native);
            return;
        }

        writer.WriteStartObject();
        writer.WriteString("type"u8, "web_search_result_location"u8);
        writer.WriteString("cited_text"u8, citation.CitedText ?? "");
        writer.WriteString("url"u8, citation.Url);
        writer.WriteString("title"u8, citation.Title);
        writer.WriteString("encrypted_index"u8, ""u8);
        writer.WriteEndObject();
    }

    private static string? Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.Text()
            : null;
}
