using System.Text;
using System.Text.Json;

namespace Lightport.Tests.Transport.Framing;

internal static class SseVectors
{
    /// <summary>Where they are in the shared folder.</summary>
    public const string Folder = "vectors/sse-vectors";

    public static IReadOnlyList<JsonElement> Read(string file) =>
        [.. JsonElement.Parse(File.ReadAllBytes(Path.Combine(SharedFolder.PathOf(Folder), file))).EnumerateArray()];

    /// <summary>A body is told as text, as a template with runs of x, or with leading bytes in hex.</summary>
    public static byte[] WebPlatformBody(JsonElement vector)
    {
        string text = vector.TryGetProperty("stream", out JsonElement stream)
            ? stream.GetString()!
            : vector.GetProperty("stream_template").GetString()!
                .Replace("{x*2048}", new string('x', 2048), StringComparison.Ordinal);
        string end = vector.TryGetProperty("append", out JsonElement append) ? append.GetString()! : "";
        byte[] prefix = vector.TryGetProperty("stream_hex_prefix", out JsonElement hex)
            ? Convert.FromHexString(hex.GetString()!)
            : [];
        return [.. prefix, .. Encoding.UTF8.GetBytes(text + end)];
    }

    /// <summary>
    /// eventsource-parser reads text, not bytes: its vectors write a BOM as the three Latin-1 characters of its bytes.
    /// </summary>
    public static byte[] EventSourceParserBody(JsonElement vector)
    {
        string text = string.Concat(vector.GetProperty("chunks").EnumerateArray().Select(chunk => chunk.GetString()));
        return Encoding.UTF8.GetBytes(text.Replace("\u00EF\u00BB\u00BF", "\uFEFF", StringComparison.Ordinal));
    }
}
