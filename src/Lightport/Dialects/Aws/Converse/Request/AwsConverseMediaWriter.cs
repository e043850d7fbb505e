using System.Text;
using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.Aws.Converse;

/// <summary>Writes pictures, documents, films and sound: their bytes, or where in S3 they lie.</summary>
internal sealed class AwsConverseMediaWriter(Utf8JsonWriter writer)
{
    private readonly AwsConverseDocumentNames _names = new();

    public void Write(ContentPart part)
    {
        switch (part)
        {
            case ImagePart image:
                Write("image"u8, AwsConverseFormats.OfImage(image.Source)!, image.Source);
                break;
            case AudioPart audio:
                Write("audio"u8, AwsConverseFormats.OfAudio(audio.Source)!, audio.Source);
                break;
            case FilePart file when file.Contents.Count == 0 && AwsConverseFormats.OfVideo(file.Source) is { } film:
                Write("video"u8, film, file.Source);
                break;
            case FilePart file:
                WriteDocument(file);
                break;
        }
    }

    private void Write(ReadOnlySpan<byte> kind, string format, MediaSource source)
    {
        writer.WriteStartObject(kind);
        writer.WriteString("format"u8, format);
        WriteSource(source);
        writer.WriteEndObject();
    }

    private void WriteDocument(FilePart file)
    {
        writer.WriteStartObject("document"u8);
        writer.WriteString("format"u8, AwsConverseFormats.OfDocument(file) ?? "txt");
        writer.WriteString("name"u8, _names.Next(file.Filename));
        if (file.Contents.Count > 0)
        {
            WritePieces(file.Contents);
        }
        else
        {
            WriteSource(file.Source);
        }

        if (file.Context is { } context)
        {
            writer.WriteString("context"u8, context);
        }

        if (file.Citations is { } enabled)
        {
            writer.WriteStartObject("citations"u8);
            writer.WriteBoolean("enabled"u8, enabled);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private void WriteSource(MediaSource source)
    {
        writer.WriteStartObject("source"u8);
        if (source.Url is { } address)
        {
            writer.WriteStartObject("s3Location"u8);
            writer.WriteString("uri"u8, address);
            writer.WriteEndObject();
        }
        else if (source.Text is { } text)
        {
            // As bytes, for every model that takes documents takes those.
            writer.WriteBase64String("bytes"u8, Encoding.UTF8.GetBytes(text));
        }
        else
        {
            writer.WriteString("bytes"u8, source.Base64);
        }

        writer.WriteEndObject();
    }

    /// <summary>The pieces that the client cut it into, which citations then count.</summary>
    private void WritePieces(IReadOnlyList<ContentPart> pieces)
    {
        writer.WriteStartObject("source"u8);
        writer.WriteStartArray("content"u8);
        foreach (TextPart piece in pieces.OfType<TextPart>())
        {
            writer.WriteStartObject();
            writer.WriteString("text"u8, piece.Text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
