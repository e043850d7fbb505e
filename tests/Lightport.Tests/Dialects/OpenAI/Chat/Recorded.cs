using System.Text;
using System.Text.Json;

namespace Lightport.Tests.Dialects.OpenAI.Chat;

/// <summary>One real exchange out of the shared recordings.</summary>
/// <param name="Id">Its name there.</param>
public sealed record RecordedExchange(
    string Id, string Dialect, string Host, int Status, string Framing, string Request, string Response);

/// <summary>Third parties' recordings, read where they are and never copied.</summary>
internal static class Recorded
{
    public static IReadOnlyList<RecordedExchange> Of(string dialect) =>
    [
        .. Directory.GetFiles(SharedFolder.PathOf("recorded"), "*.jsonl").Order(StringComparer.Ordinal)
            .SelectMany(File.ReadLines)
            .Where(line => line.Contains($"\"{dialect}\"", StringComparison.Ordinal))
            .Select(line => Read(JsonElement.Parse(Encoding.UTF8.GetBytes(line))))
            .Where(exchange => exchange.Dialect == dialect),
    ];

    private static RecordedExchange Read(JsonElement line) => new(
        line.GetProperty("id").ToString(),
        line.GetProperty("dialect").GetString()!,
        line.GetProperty("host").ToString(),
        line.GetProperty("status") is { ValueKind: JsonValueKind.Number } status ? status.GetInt32() : 0,
        line.GetProperty("framing").ToString(),
        Body(line.GetProperty("request")),
        Body(line.GetProperty("response")));

    private static string Body(JsonElement body) => body.ValueKind switch
    {
        JsonValueKind.String => body.GetString()!,
        JsonValueKind.Object => Encoding.UTF8.GetString(body.GetProperty("base64").GetBytesFromBase64()),
        _ => "",
    };
}
