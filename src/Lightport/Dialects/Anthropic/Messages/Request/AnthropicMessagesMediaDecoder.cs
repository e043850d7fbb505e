using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Reads image and document blocks.</summary>
internal static class AnthropicMessagesMediaDecoder
{
    public static ImagePart DecodeImage(JsonElement block, string path)
    {
        JsonElement source = Source(block, path, out string type, out string sourcePath);
        return new ImagePart(type switch
        {
            "base64" => Bytes(source, sourcePath),
            "url" => MediaSource.FromUrl(AnthropicMessagesFields.RequireString(source, "url", sourcePath)),
            "file" => MediaSource.FromFileId(AnthropicMessagesFields.RequireString(source, "file_id", sourcePath)),
            _ => throw AnthropicMessagesFields.Wrong(sourcePath + ".type", "base64, url or file"),
        });
    }

    public static FilePart DecodeDocument(JsonElement block, string path, RequestTally tally)
    {
        JsonElement source = Source(block, path, out string type, out string sourcePath);
        FilePart file = type switch
        {
            "base64" => new FilePart(Bytes(source, sourcePath)),
            "text" => new FilePart(MediaSource.FromText(
                AnthropicMessagesFields.RequireString(source, "data", sourcePath),
                AnthropicMessagesFields.OptionalString(source, "media_type", sourcePath) ?? "text/plain")),
            "url" => new FilePart(MediaSource.FromUrl(
                AnthropicMessagesFields.RequireString(source, "url", sourcePath), "application/pdf")),
            "file" => new FilePart(MediaSource.FromFileId(
                AnthropicMessagesFields.RequireString(source, "file_id", sourcePath))),
            "content" => Contents(source, sourcePath, tally),
            _ => throw AnthropicMessagesFields.Wrong(sourcePath + ".type", "base64, text, url, file or content"),
        };
        return file with
        {
            Filename = AnthropicMessagesFields.OptionalString(block, "title", path),
            Context = AnthropicMessagesFields.OptionalString(block, "context", path),
            Citations = AnthropicMessagesFields.OptionalObject(block, "citations", path) is { } citations
                ? AnthropicMessagesFields.OptionalBoolean(citations, "enabled", path + ".citations")
                : null,
        };
    }

    private static FilePart Contents(JsonElement source, string path, RequestTally tally)
    {
        JsonElement content = AnthropicMessagesFields.Optional(source, "content")
            ?? throw AnthropicMessagesFields.Missing(path + ".content");
        return new FilePart(MediaSource.FromText(""))
        {
            Contents = AnthropicMessagesBlockDecoder.DecodeContent(content, path + ".content", tally),
        };
    }

    private static MediaSource Bytes(JsonElement source, string path) => MediaSource.FromBase64(
        AnthropicMessagesFields.RequireString(source, "data", path),
        AnthropicMessagesFields.OptionalString(source, "media_type", path));

    private static JsonElement Source(JsonElement block, string path, out string type, out string sourcePath)
    {
        sourcePath = path + ".source";
        JsonElement source = AnthropicMessagesFields.OptionalObject(block, "source", path)
            ?? throw AnthropicMessagesFields.Missing(sourcePath);
        type = AnthropicMessagesFields.RequireString(source, "type", sourcePath);
        return source;
    }
}
