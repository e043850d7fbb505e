namespace Lightport.Conversation;

/// <summary>Reads <c>data:[type][;parameter…][;base64],payload</c> (RFC 2397).</summary>
internal static class DataUri
{
    public static MediaSource Parse(string address, string field)
    {
        int comma = address.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0)
        {
            throw GatewayException.BadRequest("A data URI has a comma between its media type and its data.", field);
        }

        string[] head = address[5..comma].Split(';', StringSplitOptions.TrimEntries);
        string mediaType = head[0].Length > 0 ? head[0].ToLowerInvariant() : "text/plain";
        string payload = address[(comma + 1)..];
        bool base64 = head.Skip(1).Any(p => p.Equals("base64", StringComparison.OrdinalIgnoreCase));
        if (!base64)
        {
            return mediaType.StartsWith("text/", StringComparison.Ordinal)
                ? MediaSource.FromText(Uri.UnescapeDataString(payload), mediaType)
                : throw GatewayException.BadRequest("A data URI for binary content must be base64.", field);
        }

        return payload.Contains('%', StringComparison.Ordinal)
            ? MediaSource.FromBase64(Uri.UnescapeDataString(payload), mediaType)
            : MediaSource.FromBase64(payload, mediaType);
    }
}
