using System.Diagnostics.CodeAnalysis;

namespace Lightport.Conversation;

/// <summary>Where an image, a sound or a file is: exactly one of the four is set.</summary>
public sealed record MediaSource
{
    /// <summary>An http or https address that the provider fetches. The gateway never does.</summary>
    public string? Url { get; private init; }

    /// <summary>The bytes, in standard base64.</summary>
    public string? Base64 { get; private init; }

    /// <summary>Plain text, for documents given as such.</summary>
    public string? Text { get; private init; }

    /// <summary>A file that was uploaded to the provider earlier.</summary>
    public string? FileId { get; private init; }

    /// <summary>The media type without parameters (<c>image/png</c>); null where nobody said.</summary>
    public string? MediaType { get; private init; }

    public static MediaSource FromUrl(string url, string? mediaType = null) =>
        new() { Url = url, MediaType = mediaType };

    public static MediaSource FromBase64(string base64, string? mediaType) =>
        new() { Base64 = base64, MediaType = mediaType };

    public static MediaSource FromText(string text, string mediaType = "text/plain") =>
        new() { Text = text, MediaType = mediaType };

    public static MediaSource FromFileId(string fileId, string? mediaType = null) =>
        new() { FileId = fileId, MediaType = mediaType };

    /// <summary>Reads an address that may be a data URI, with or without parameters (RFC 2397).</summary>
    /// <returns>False where the data URI is malformed; <paramref name="problem"/> then says how.</returns>
    public static bool TryFromAddress(
        string address, [NotNullWhen(true)] out MediaSource? source, [NotNullWhen(false)] out string? problem)
    {
        if (address.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            return DataUri.TryParse(address, out source, out problem);
        }

        (source, problem) = (FromUrl(address), null);
        return true;
    }

    /// <summary>The address form that chat-like dialects want: the URL, or the bytes as a data URI.</summary>
    public string ToAddress(string fallbackMediaType) =>
        Url ?? $"data:{MediaType ?? fallbackMediaType};base64,{Base64}";
}
