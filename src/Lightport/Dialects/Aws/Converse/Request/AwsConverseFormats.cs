using System.Collections.Frozen;
using Lightport.Conversation;

namespace Lightport.Dialects.Aws.Converse;

/// <summary>
/// What Bedrock calls the formats of pictures, documents, films and sound
/// (https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ContentBlock.html); null for one that it does
/// not take.
/// </summary>
internal static class AwsConverseFormats
{
    private const string Store = "s3://";

    private static readonly FrozenDictionary<string, string> Documents = new Dictionary<string, string>
    {
        ["application/pdf"] = "pdf",
        ["text/csv"] = "csv",
        ["application/msword"] = "doc",
        ["application/vnd.openxmlformats-officedocument.wordprocessingml.document"] = "docx",
        ["application/vnd.ms-excel"] = "xls",
        ["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"] = "xlsx",
        ["text/html"] = "html",
        ["text/markdown"] = "md",
        ["application/json"] = "txt",
        ["application/xml"] = "txt",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> Films = new Dictionary<string, string>
    {
        ["video/mp4"] = "mp4",
        ["video/quicktime"] = "mov",
        ["video/x-matroska"] = "mkv",
        ["video/webm"] = "webm",
        ["video/x-flv"] = "flv",
        ["video/mpeg"] = "mpeg",
        ["video/x-ms-wmv"] = "wmv",
        ["video/3gpp"] = "three_gp",
    }.ToFrozenDictionary();

    private static readonly FrozenDictionary<string, string> Sounds = new Dictionary<string, string>
    {
        ["audio/mpeg"] = "mp3",
        ["audio/mp3"] = "mp3",
        ["audio/wav"] = "wav",
        ["audio/x-wav"] = "wav",
        ["audio/aac"] = "aac",
        ["audio/flac"] = "flac",
        ["audio/mp4"] = "mp4",
        ["audio/ogg"] = "ogg",
        ["audio/opus"] = "opus",
        ["audio/webm"] = "webm",
        ["audio/pcm"] = "pcm",
        ["audio/pcm16"] = "pcm",
    }.ToFrozenDictionary();

    /// <summary>Whether it lies where Bedrock itself can fetch it, which is nowhere but in S3.</summary>
    public static bool IsInStore(MediaSource source) =>
        source.Url?.StartsWith(Store, StringComparison.OrdinalIgnoreCase) == true;

    public static string? OfImage(MediaSource source) => MediaType(source) switch
    {
        "image/png" => "png",
        "image/jpeg" or "image/jpg" => "jpeg",
        "image/gif" => "gif",
        "image/webp" => "webp",
        _ => null,
    };

    public static string? OfDocument(FilePart file) => file.Source.Text is not null ? "txt"
        : MediaType(file.Source, file.Filename) is not { } type ? null
        : Documents.GetValueOrDefault(type)
            ?? (type.StartsWith("text/", StringComparison.Ordinal) ? "txt" : null);

    public static string? OfVideo(MediaSource source) => Films.GetValueOrDefault(MediaType(source) ?? "");

    public static string? OfAudio(MediaSource source) =>
        source.Base64 is null ? null : Sounds.GetValueOrDefault(MediaType(source) ?? "");

    /// <summary>The type as given, else as the first bytes or the ending of the name tell it.</summary>
    private static string? MediaType(MediaSource source, string? name = null) => source switch
    {
        { MediaType: not (null or "application/octet-stream") } => source.MediaType,
        { Base64: { } data } when OfFirstBytes(data) is { } type => type,
        _ => OfEnding(source.Url ?? name ?? ""),
    };

    private static string? OfFirstBytes(string base64) => base64 switch
    {
        _ when base64.StartsWith("iVBOR", StringComparison.Ordinal) => "image/png",
        _ when base64.StartsWith("/9j/", StringComparison.Ordinal) => "image/jpeg",
        _ when base64.StartsWith("R0lGOD", StringComparison.Ordinal) => "image/gif",
        _ when base64.StartsWith("UklGR", StringComparison.Ordinal) => "image/webp",
        _ when base64.StartsWith("JVBERi", StringComparison.Ordinal) => "application/pdf",
        _ => null,
    };

    private static string? OfEnding(string name)
    {
        string ending = name[(name.LastIndexOf('.') + 1)..].ToLowerInvariant();
        return ending switch
        {
            "png" or "jpeg" or "gif" or "webp" => "image/" + ending,
            "jpg" => "image/jpeg",
            "mp4" or "webm" => "video/" + ending,
            "mov" => "video/quicktime",
            "mkv" => "video/x-matroska",
            "txt" => "text/plain",
            _ => Documents.FirstOrDefault(one => one.Value == ending && ending != "txt").Key,
        };
    }
}
