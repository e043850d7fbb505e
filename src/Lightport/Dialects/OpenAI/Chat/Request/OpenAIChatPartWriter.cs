using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>Writes one part of a message's content.</summary>
internal static class OpenAIChatPartWriter
{
    /// <param name="hasMark">The prompt's cacheable prefix ends with this part.</param>
    public static void Write(Utf8JsonWriter writer, ContentPart part, bool hasMark = false)
    {
        switch (part)
        {
            case TextPart text:
                Begin(writer, "text");
                writer.WriteString("text"u8, text.Text);
                End(writer, hasMark);
                break;
            case ImagePart image:
                Begin(writer, "image_url");
                writer.WriteStartObject("image_url"u8);
                writer.WriteString("url"u8, image.Source.ToAddress("image/png"));
                WriteIfSet(writer, "detail", image.Detail);
                writer.WriteEndObject();
                End(writer, hasMark);
                break;
            case AudioPart audio:
                Begin(writer, "input_audio");
                writer.WriteStartObject("input_audio"u8);
                writer.WriteString("data"u8, audio.Source.Base64);
                writer.WriteString("format"u8, AudioFormat(audio.Source.MediaType));
                writer.WriteEndObject();
                End(writer, hasMark);
                break;
            case FilePart file:
                Begin(writer, "file");
                writer.WriteStartObject("file"u8);
                WriteFile(writer, file);
                writer.WriteEndObject();
                End(writer, hasMark);
                break;
            case OpaquePart opaque:
                writer.WriteMended(opaque.Json);
                break;
        }
    }

    private static void WriteFile(Utf8JsonWriter writer, FilePart file)
    {
        if (file.Source.FileId is { } id)
        {
            writer.WriteString("file_id"u8, id);
            WriteIfSet(writer, "filename", file.Filename);
            return;
        }

        // OpenAI refuses data without a name.
        writer.WriteString("filename"u8, file.Filename ?? "document.pdf");
        writer.WriteString("file_data"u8, file.Source.ToAddress("application/pdf"));
    }

    private static void Begin(Utf8JsonWriter writer, string type)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, type);
    }

    private static void End(Utf8JsonWriter writer, bool hasMark)
    {
        if (hasMark)
        {
            writer.WriteStartObject("prompt_cache_breakpoint"u8);
            writer.WriteString("mode"u8, "explicit"u8);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteIfSet(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static string AudioFormat(string? mediaType) => mediaType switch
    {
        null or "audio/wav" or "audio/x-wav" or "audio/wave" => "wav",
        "audio/mpeg" or "audio/mp3" => "mp3",
        _ => mediaType[(mediaType.IndexOf('/', StringComparison.Ordinal) + 1)..],
    };
}
