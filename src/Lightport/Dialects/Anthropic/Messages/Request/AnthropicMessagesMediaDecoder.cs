using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Reads image and document blocks.</summary>
internal static class AnthropicMessagesMediaDecoder
{
    private static readonly FrozenDictionary<string, FrozenSet<string>> Known =
        new Dictionary<string, FrozenSet<string>>
        {
            ["base64"] = FrozenSet.Create("type", "media_type", "data"),
            ["text"] = FrozenSet.Create("type", "media_type", "data"),
            ["url"] = FrozenSet.Create("type", "url"),
            ["file"] = FrozenSet.Create("type", "file_id"),
            ["content"] = FrozenSet.Create("type", "content"),
        }.ToFrozenDictionary();

    private static readonly FrozenSet<string> KnownOfCitations = FrozenSet.Create("enabled");

    public static ImagePart DecodeImage(RequestFields fields, JsonElement block)
    {
        JsonElement source = fields.RequiredObject(block, "source");
        string type = fields.RequiredText(source, "type");
        return new ImagePart(type switch
        {
            "base64" => Bytes(fields, source),
            "url" => MediaSource.FromUrl(fields.RequiredText(source, "url")),
            "file" => MediaSource.FromFileId(fields.RequiredText(source, "file_id")),
            _ => throw fields.Wrong(fields.Required(source, "type"), "must be base64, url or file"),
        })
        {
            Extensions = fields.OthersIn(source, AnthropicMessagesMediaWriter.Source, Known[type]),
        };
    }

    public static FilePart DecodeDocument(RequestFields fields, JsonElement block)
    {
        JsonElement source = fields.RequiredObject(block, "source");
        string type = fields.RequiredText(source, "type");
        FilePart file = type switch
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
        IReadOnlyList<Extension> others =
            fields.OthersIn(source, AnthropicMessagesMediaWriter.Source, Known[type]);
        bool? cites = null;
        if (fields.Object(block, AnthropicMessagesMediaWriter.Citations) is { } citations)
        {
            cites = fields.Boolean(citations, "enabled");
            others =
            [
                .. others,
                .. fields.OthersIn(citations, AnthropicMessagesMediaWriter.Citations, KnownOfCitations),
            ];
        }

        return file with
        {
            Filename = fields.Text(block, "title"),
            Context = fields.Text(block, "context"),
            Citations = cites,
            Extensions = others,
        };
    }

    private static FilePart Contents(RequestFields fields, JsonElement source) => new(MediaSource.FromText(""))
    {
        Contents = AnthropicMessagesBlockDecoder.DecodeContent(fields, fields.Required(source, "content")),
    };

    private static MediaSource Bytes(RequestFields fields, JsonElement source) =>
        MediaSource.FromBase64(fields.RequiredText(source, "data"), fields.Text(source, "media_type"));
}
