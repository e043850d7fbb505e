using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Writes pictures, sound and files: bytes inline, and what Google can fetch itself by its address, be it in its own
/// stores or anywhere on the web (https://ai.google.dev/gemini-api/docs/file-input-methods).
/// </summary>
internal static class GoogleGeminiMediaWriter
{
    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>
    {
        [".png"] = "image/png",
        [".jpg"] = "image/jpeg",
        [".jpeg"] = "image/jpeg",
        [".gif"] = "image/gif",
        [".webp"] = "image/webp",
        [".heic"] = "image/heic",
        [".pdf"] = "application/pdf",
        [".txt"] = "text/plain",
        [".html"] = "text/html",
        [".csv"] = "text/csv",
        [".mp3"] = "audio/mp3",
        [".wav"] = "audio/wav",
        [".mp4"] = "video/mp4",
        [".mov"] = "video/quicktime",
        [".webm"] = "video/webm",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// What a source is, as Google names it; null where neither its sender, its address nor its bytes say.
    /// </summary>
    public static string? TypeOf(MediaSource source) => (source.Url ?? source.FileId) is { } address
        ? Known(source.MediaType) ?? TypeOf(address)
        : Known(source.MediaType) ?? Sniffed(source.Base64!);

    /// <param name="fallback">The type of what nobody named one for; null leaves it to Google.</param>
    /// <param name="others">What only Gemini's clients say of the part.</param>
    public static void Write(
        Utf8JsonWriter writer, MediaSource source, string? fallback, IReadOnlyList<Extension> others)
    {
        string owner = source.Url is null && source.FileId is null ? "inlineData" : "fileData";
        writer.WriteStartObject(owner);
        if ((source.Url ?? source.FileId) is { } address)
        {
            if ((TypeOf(source) ?? fallback) is { } type)
            {
                writer.WriteString("mimeType"u8, type);
            }

            writer.WriteString("fileUri"u8, address);
        }
        else
        {
            writer.WriteString("mimeType"u8, TypeOf(source) ?? fallback ?? "application/octet-stream");
            writer.WriteString("data"u8, source.Base64);
        }

        writer.WriteFieldsOf(owner, others);
        writer.WriteEndObject();
    }

    private static string? Known(string? type) => type switch
    {
        "image/jpg" => "image/jpeg",
        "audio/mpeg" => "audio/mp3",
        "audio/x-wav" => "audio/wav",
        "application/octet-stream" => null,
        _ => type,
    };

    /// <summary>What the first bytes say.</summary>
    private static string? Sniffed(string data) => data switch
    {
        _ when data.StartsWith("iVBOR", StringComparison.Ordinal) => "image/png",
        _ when data.StartsWith("/9j/", StringComparison.Ordinal) => "image/jpeg",
        _ when data.StartsWith("R0lGOD", StringComparison.Ordinal) => "image/gif",
        _ when data.StartsWith("UklGR", StringComparison.Ordinal) => "image/webp",
        _ when data.StartsWith("JVBER", StringComparison.Ordinal) => "application/pdf",
        _ => null,
    };

    private static string? TypeOf(string address)
    {
        string path = Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) ? uri.AbsolutePath : address;
        int dot = path.LastIndexOf('.');
        return dot >= 0 ? Types.GetValueOrDefault(path[dot..]) : null;
    }
}
