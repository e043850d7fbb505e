using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Writes images and documents.</summary>
internal static class AnthropicMessagesMediaWriter
{
    /// <summary>The object that says where a picture or a document is.</summary>
    public const string Source = "source";

    public const string Citations = "citations";

    private const string Pdf = "application/pdf";

    /// <summary>
    /// Whether the API has a block for such a file: PDF, text, an image, or what it fetches or holds itself.
    /// </summary>
    public static bool CanWrite(FilePart file) =>
        file.Contents.Count > 0 || file.Source.Base64 is null
        || MediaType(file.Source) is var type && (type == Pdf || IsText(type) || IsImage(type));

    public static void WriteImage(Utf8JsonWriter writer, ImagePart image)
    {
        writer.WriteString("type"u8, "image"u8);
        WriteSource(writer, image.Source, MediaType(image.Source), image.Extensions);
    }

    public static void WriteDocument(Utf8JsonWriter writer, FilePart file)
    {
        string type = MediaType(file.Source);
        if (file.Source.Base64 is not null && IsImage(type))
        {
            WriteImage(writer, new ImagePart(file.Source) { Extensions = file.Extensions });
            return;
        }

        writer.WriteString("type"u8, "document"u8);
        if (file.Contents.Count > 0)
        {
            WriteContents(writer, file);
        }
        else
        {
            WriteSource(writer, file.Source, type, file.Extensions);
        }

        WriteOptional(writer, "title"u8, file.Filename);
        WriteOptional(writer, "context"u8, file.Context);
        if (file.Citations is { } enabled)
        {
            writer.WriteStartObject(Citations);
            writer.WriteBoolean("enabled"u8, enabled);
            writer.WriteFieldsOf(Citations, file.Extensions);
            writer.WriteEndObject();
        }
    }

    private static void WriteSource(
        Utf8JsonWriter writer, MediaSource source, string mediaType, IReadOnlyList<Extension> others)
    {
        writer.WriteStartObject(Source);
        if (source.Url is not null)
        {
            writer.WriteString("type"u8, "url"u8);
            writer.WriteString("url"u8, source.Url);
        }
        else if (source.FileId is not null)
        {
            writer.WriteString("type"u8, "file"u8);
            writer.WriteString("file_id"u8, source.FileId);
        }
        else if (source.Text is not null || IsText(mediaType))
        {
            writer.WriteString("type"u8, "text"u8);
            writer.WriteString("media_type"u8, "text/plain"u8);
            writer.WriteString("data"u8, source.Text ?? Decode(source.Base64!));
        }
        else
        {
            writer.WriteString("type"u8, "base64"u8);
            writer.WriteString("media_type"u8, mediaType);
            writer.WriteString("data"u8, source.Base64);
        }

        writer.WriteFieldsOf(Source, others);
        writer.WriteEndObject();
    }

    private static void WriteContents(Utf8JsonWriter writer, FilePart file)
    {
        writer.WriteStartObject(Source);
        writer.WriteString("type"u8, "content"u8);
        writer.WriteStartArray("content"u8);
        var blocks = new AnthropicMessagesBlockWriter(writer, ToolNames.Unchanged);
        foreach (ContentPart part in file.Contents)
        {
            blocks.Write(part);
        }

        writer.WriteEndArray();
        writer.WriteFieldsOf(Source, file.Extensions);
        writer.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    /// <summary>The type as given, else as the first bytes of the data tell it.</summary>
    private static string MediaType(MediaSource source) => source switch
    {
        { MediaType: "image/jpg" } => "image/jpeg",
        { MediaType: not (null or "application/octet-stream") } => source.MediaType,
        { Base64: { } data } => data switch
        {
            _ when data.StartsWith("iVBOR", StringComparison.Ordinal) => "image/png",
            _ when data.StartsWith("/9j/", StringComparison.Ordinal) => "image/jpeg",
            _ when data.StartsWith("R0lGOD", StringComparison.Ordinal) => "image/gif",
            _ when data.StartsWith("UklGR", StringComparison.Ordinal) => "image/webp",
            _ when data.StartsWith("JVBERi", StringComparison.Ordinal) => Pdf,
            _ => "application/octet-stream",
        },
        _ => "text/plain",
    };

    private static bool IsText(string type) =>
        type.StartsWith("text/", StringComparison.Ordinal) || type is "application/json" or "application/xml";

    private static bool IsImage(string type) => type.StartsWith("image/", StringComparison.Ordinal);

    private static string Decode(string base64)
    {
        byte[] bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out int length)
            ? Encoding.UTF8.GetString(bytes, 0, length)
            : base64;
    }
}
