using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Google.Gemini;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>Reads content: text, or media as bytes or by their address.</summary>
internal static class GoogleInteractionsContentDecoder
{
    private static readonly FrozenSet<string> KnownOfText = FrozenSet.Create("type", "text", "annotations");
    private static readonly FrozenSet<string> KnownOfMedia = FrozenSet.Create("type", "data", "uri", "mime_type");

    public static ContentPart Decode(RequestFields fields, JsonElement content)
    {
        string type = fields.RequiredText(content, "type");
        return type switch
        {
            "text" => new TextPart(fields.RequiredText(content, "text"))
            {
                Extensions = fields.Others(content, KnownOfText),
            },
            "image" => new ImagePart(Source(fields, content))
            {
                Extensions = fields.Others(content, KnownOfMedia),
            },
            "audio" => new AudioPart(Source(fields, content))
            {
                Extensions = fields.Others(content, KnownOfMedia),
            },
            "document" or "video" => new FilePart(Source(fields, content))
            {
                Extensions = fields.Others(content, KnownOfMedia),
            },
            _ => throw fields.Wrong(
                fields.Required(content, "type"), "must be text, image, audio, document or video"),
        };
    }

    private static MediaSource Source(RequestFields fields, JsonElement content)
    {
        string? mediaType = fields.Text(content, "mime_type");
        if (fields.Find(content, "data") is { } data)
        {
            string base64 =
                GoogleGeminiBase64.Standard(fields.Text(data)) ?? throw fields.Wrong(data, "must be base64");
            return MediaSource.FromBase64(base64, mediaType ?? throw fields.Missing(content, "mime_type"));
        }

        return GoogleGeminiMediaDecoder.Source(fields.RequiredText(content, "uri"), mediaType);
    }
}
