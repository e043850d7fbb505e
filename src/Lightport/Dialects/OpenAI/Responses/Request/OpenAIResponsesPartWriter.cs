using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>Writes one part of a message's content, or of a tool's result.</summary>
internal static class OpenAIResponsesPartWriter
{
    /// <param name="hasMark">The prompt's cacheable prefix ends with this part.</param>
    /// <param name="others">Fields that the model has no word for.</param>
    public static void Write(
        Utf8JsonWriter writer, ContentPart part, bool hasMark, IReadOnlyList<Extension> others)
    {
        if (part is OpaquePart opaque)
        {
            writer.WriteMended(opaque.Json);
            return;
        }

        writer.WriteStartObject();
        switch (part)
        {
            case TextPart text:
                writer.WriteString("type"u8, "input_text"u8);
                writer.WriteString("text"u8, text.Text);
                break;
            case ImagePart image:
                WriteImage(writer, image);
                break;
            case FilePart file:
                WriteFile(writer, file);
                break;
        }

        if (hasMark)
        {
            writer.WriteStartObject("prompt_cache_breakpoint"u8);
            writer.WriteString("mode"u8, "explicit"u8);
            writer.WriteEndObject();
        }

        writer.WriteFields(others);
        writer.WriteEndObject();
    }

    private static void WriteImage(Utf8JsonWriter writer, ImagePart image)
    {
        writer.WriteString("type"u8, "input_image"u8);
        if (image.Source.FileId is { } id)
        {
            writer.WriteString("file_id"u8, id);
        }
        else
        {
            writer.WriteString("image_url"u8, image.Source.ToAddress("image/png"));
        }

        writer.WriteString("detail"u8, image.Detail ?? "auto");
    }

    private static void WriteFile(Utf8JsonWriter writer, FilePart file)
    {
        writer.WriteString("type"u8, "input_file"u8);
        if (file.Source.FileId is { } id)
        {
            writer.WriteString("file_id"u8, id);
        }
        else if (file.Source.Url is { } address)
        {
            writer.WriteString("file_url"u8, address);
        }
        else
        {
            // Data without a name is refused.
            writer.WriteString("filename"u8, file.Filename ?? "document.pdf");
            writer.WriteString("file_data"u8, file.Source.ToAddress("application/pdf"));
        }
    }
}
