using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Reads image and document blocks.</summary>
internal static class AnthropicMessagesMediaDecoder
{
    public static ImagePart DecodeImage(RequestFields fields, JsonElement block)
    {
        JsonElement source = fields.RequiredObject(block, "source");
        return new ImagePart(fields.RequiredText(source, "type") switch
        {
            "base64" => Bytes(fields, source),
            "url" => MediaSource.FromUrl(fields.RequiredText(source, "url")),
            "file" => MediaSource.FromFileId(fields.RequiredText(source, "file_id")),
            _ => throw fields.Wrong(fields.Required(source, "type"), "must be base64, url or file"),
        });
    }

    public static FilePart DecodeDocument(RequestFields fields, JsonElement block)
    {
        JsonElement source = fields.RequiredObject(block, "source");
        FilePart file = fields.RequiredText(source, "type") switch
        {
            "base64" => new FilePart(Bytes(fields, source)),
            "text" => new FilePart(MediaSource.FromText(
                fields.RequiredText(source, "data"), fields.Text(source, "media_type") ?? "text/plain")),
            "url" => new FilePart(MediaSource.FromUrl(fields.RequiredText(source, "url"), "application/pdf")),
            "file" => new FilePart(MediaSource.FromFileId(fields.RequiredText(source, "file_id"))),
            "content" => Contents(fields, source),
            _ => throw fields.Wrong(
                fields.Required(source, "type"), "must be base64, text, url, file or content"),
        };
        return file with
        {
            Filename = fields.Text(block, "title"),
            Context = fields.Text(block, "context"),
            Citations = fields.Object(block, "citations") is { } citations
                ? fields.Boolean(citations, "enabled")
                : null,
        };
    }

    private static FilePart Contents(RequestFields fields, JsonElement source) => new(MediaSource.FromText(""))
    {
        Contents = AnthropicMessagesBlockDecoder.DecodeContent(fields, fields.Required(source, "content")),
    };

    private static MediaSource Bytes(RequestFields fields, JsonElement source) =>
        MediaSource.FromBase64(fields.RequiredText(source, "data"), fields.Text(source, "media_type"));
}
