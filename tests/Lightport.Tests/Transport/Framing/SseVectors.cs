using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace Lightport.Tests.Transport.Framing;

internal static class SseVectors
{
    /// <summary>The vectors of a file; none where the shared folder is not on this machine.</summary>
    public static IReadOnlyList<JsonElement> Read(string file)
    {
        string path = Path.Combine(SharedFolder(), "vectors", "sse-vectors", file);
        IReadOnlyList<JsonElement> vectors = File.Exists(path)
            ? [.. JsonElement.Parse(File.ReadAllBytes(path)).EnumerateArray()]
            : [];
        Console.WriteLine($"{file}: {vectors.Count} vectors");
        return vectors;
    }

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

    private static string SharedFolder()
    {
        string? named = new ConfigurationBuilder().AddEnvironmentVariables().Build()["LIGHTPORT_SHARED"];
        if (named is not null)
        {
            return named;
        }

        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Lightport.Functions.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.Parent?.FullName ?? "", "shared");
    }
}
