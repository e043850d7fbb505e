using System.Diagnostics.CodeAnalysis;

namespace Lightport.Conversation;

/// <summary>Reads <c>data:[type][;parameter…][;base64],payload</c> (RFC 2397).</summary>
internal static class DataUri
{
    public static bool TryParse(
        string address, [NotNullWhen(true)] out MediaSource? source, [NotNullWhen(false)] out string? problem)
    {
        source = null;
        int comma = address.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0)
        {
            problem = "A data URI has a comma between its media type and its data.";
            return false;
        }

        string[] head = address[5..comma].Split(';', StringSplitOptions.TrimEntries);
        string mediaType = head[0].Length > 0 ? head[0].ToLowerInvariant() : "text/plain";
        string payload = address[(comma + 1)..];
        bool isBase64 = head.Skip(1).Any(p => p.Equals("base64", StringComparison.OrdinalIgnoreCase));
        if (!isBase64 && !mediaType.StartsWith("text/", StringComparison.Ordinal))
        {
            problem = "A data URI for binary content must be base64.";
            return false;
        }

        bool isEscaped = !isBase64 || payload.Contains('%', StringComparison.Ordinal);
        string data = isEscaped ? Uri.UnescapeDataString(payload) : payload;
        source = isBase64 ? MediaSource.FromBase64(data, mediaType) : MediaSource.FromText(data, mediaType);
        problem = null;
        return true;
    }
}
