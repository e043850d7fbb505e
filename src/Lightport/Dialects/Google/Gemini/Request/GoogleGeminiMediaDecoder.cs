using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Reads images, sounds and files, as bytes (<c>inlineData</c>) or by their address (<c>fileData</c>).
/// </summary>
internal static class GoogleGeminiMediaDecoder
{
    private const string Inline = "inlineData";
    private const string File = "fileData";
    private const string Name = "displayName";

    private static readonly FrozenSet<string> Known = GoogleGeminiFields.Names("mimeType", "data", "fileUri");

    private static readonly FrozenSet<string> KnownOfNamed =
        GoogleGeminiFields.Names("mimeType", "data", "fileUri", Name);

    /// <param name="part">The object that holds one of the two.</param>
    public static ContentPart Decode(GoogleGeminiFields fields, JsonElement part)
    {
        if (fields.Object(part, Inline) is { } blob)
        {
            string type = fields.RequiredText(blob, "mimeType");
            return Of(fields, MediaSource.FromBase64(Bytes(fields, blob), type), blob, Inline);
        }

        JsonElement file = fields.Object(part, File) ?? throw fields.Missing(part, Inline);
        string? mediaType = fields.Text(file, "mimeType");
        return Of(fields, Source(fields.RequiredText(file, "fileUri"), mediaType), file, File);
    }

    /// <param name="owner">The object that says where it is.</param>
    /// <param name="ownerName">As the API calls that object.</param>
    private static ContentPart Of(
        GoogleGeminiFields fields, MediaSource source, JsonElement owner, string ownerName)
    {
        string? name = fields.Text(owner, Name);
        ContentPart part = source.MediaType switch
        {
            not null and var type when type.StartsWith("image/", StringComparison.OrdinalIgnoreCase) =>
                new ImagePart(source),
            not null and var type when type.StartsWith("audio/", StringComparison.OrdinalIgnoreCase) =>
                new AudioPart(source),
            _ => new FilePart(source) { Filename = name },
        };
        return part with { Extensions = fields.OthersIn(owner, ownerName, part is FilePart ? KnownOfNamed : Known) };
    }

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
