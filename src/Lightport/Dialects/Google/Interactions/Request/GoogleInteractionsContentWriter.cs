using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Google.Gemini;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>Writes content of a request: text, or media as bytes or by their address.</summary>
/// <param name="own">The client speaks this dialect, so that what only it knows is kept.</param>
internal sealed class GoogleInteractionsContentWriter(Utf8JsonWriter writer, bool own)
{
    public void Write(ContentPart part)
    {
        if (part is OpaquePart opaque)
        {
            writer.WriteOnOneLine(opaque.Json);
            return;
        }

        writer.WriteStartObject();
        switch (part)
        {
            case TextPart text:
                writer.WriteString("type"u8, "text"u8);
                writer.WriteString("text"u8, text.Text);
                break;
            case ImagePart image:
                WriteMedia("image", image.Source, "image/jpeg");
                break;
            case AudioPart audio:
                WriteMedia("audio", audio.Source, "audio/wav");
                break;
            case FilePart file:
                WriteFile(file.Source);
                break;
        }

        if (own)
        {
            writer.WriteFields(part.Extensions);
        }

        writer.WriteEndObject();
    }

    /// <summary>A file is a document unless its type says that it is seen or heard.</summary>
    private void WriteFile(MediaSource source)
    {
        string? type = GoogleGeminiMediaWriter.TypeOf(source);
        WriteMedia(
            type?.Split('/')[0] switch
            {
                "image" => "image",
                "audio" => "audio",
                "video" => "video",
                _ => "document",
            },
            source,
            source.Base64 is null ? null : "application/octet-stream");
    }

    private void WriteMedia(string kind, MediaSource source, string? fallback)
    {
        writer.WriteString("type"u8, kind);
        writer.WriteOptional("mime_type", GoogleGeminiMediaWriter.TypeOf(source) ?? fallback);
        if ((source.Url ?? source.FileId) is { } address)
        {
            writer.WriteString("uri"u8, address);
        }
        else
        {
            writer.WriteString("data"u8, source.Base64);
        }
    }
}
