using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Reads images, sounds and files, as bytes (<c>inlineData</c>) or by their address (<c>fileData</c>).
/// </summary>
internal static class GoogleGeminiMediaDecoder
{
    /// <param name="part">The object that holds one of the two.</param>
    public static ContentPart Decode(GoogleGeminiFields fields, JsonElement part)
    {
        if (fields.Object(part, "inlineData") is { } blob)
        {
            string type = fields.RequiredText(blob, "mimeType");
            return Of(MediaSource.FromBase64(Bytes(fields, blob), type), type, fields.Text(blob, "displayName"));
        }

        JsonElement file = fields.Object(part, "fileData") ?? throw fields.Missing(part, "inlineData");
        string? mediaType = fields.Text(file, "mimeType");
        return Of(
            Source(fields.RequiredText(file, "fileUri"), mediaType), mediaType, fields.Text(file, "displayName"));
    }

    private static ContentPart Of(MediaSource source, string? type, string? name) => type switch
    {
        not null when type.StartsWith("image/", StringComparison.OrdinalIgnoreCase) => new ImagePart(source),
        not null when type.StartsWith("audio/", StringComparison.OrdinalIgnoreCase) => new AudioPart(source),
        _ => new FilePart(source) { Filename = name },
    };

    /// <summary>What an address names: a page, or a file that was uploaded to Google.</summary>
    public static MediaSource Source(string address, string? type) =>
        (address.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            || address.StartsWith("http://", StringComparison.OrdinalIgnoreCase))
        && !address.StartsWith(GoogleFiles.Uploads, StringComparison.OrdinalIgnoreCase)
            ? MediaSource.FromUrl(address, type)
            : MediaSource.FromFileId(address, type);

    private static string Bytes(GoogleGeminiFields fields, JsonElement blob)
    {
        string data = fields.RequiredText(blob, "data");
        return GoogleGeminiBase64.Standard(data)
            ?? throw fields.Wrong(fields.Find(blob, "data")!.Value, "must be base64");
    }
}
