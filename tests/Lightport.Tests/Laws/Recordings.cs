using System.Text;
using System.Text.Json;
using Lightport.Dialects;

namespace Lightport.Tests.Laws;

/// <summary>Third parties' recordings, read where they are and never copied.</summary>
internal static class Recordings
{
    private static readonly Lazy<IReadOnlyList<RecordedAnswer>> Read = new(() => [.. ReadAll()]);

    public static IReadOnlyList<RecordedAnswer> All => Read.Value;

    private static IEnumerable<RecordedAnswer> ReadAll() => 
        from line in Directory.GetFiles(SharedFolder.PathOf("recorded"), "*.jsonl").Order(StringComparer.Ordinal).SelectMany(File.ReadLines)
        let exchange = JsonElement.Parse(Encoding.UTF8.GetBytes(line))
        let body = Body(exchange.GetProperty("response"))
        let dialect = Dialect(exchange, Encoding.UTF8.GetString(body))
        where dialect is not null && !Relaxations.IsAnotherWire(Text(exchange, "url"))
            && !(dialect == DialectIds.OpenAIResponses && Relaxations.IsNotWaitedFor(body))
            && exchange.GetProperty("framing").ToString() is "json" or "sse"
        select new RecordedAnswer(
            exchange.GetProperty("id").ToString(),
            dialect,
            Text(exchange, "host"),
            exchange.GetProperty("status") is { ValueKind: JsonValueKind.Number } status ? status.GetInt32() : 200,
            exchange.GetProperty("framing").ToString() == "sse",
            exchange.TryGetProperty("request", out JsonElement request) ? Encoding.UTF8.GetString(Body(request)) : "",
            body);

    private static string Text(JsonElement exchange, string name) =>
        exchange.TryGetProperty(name, out JsonElement value) ? value.ToString() : "";

    /// <summary>A few were recorded without their address; their body tells what they are.</summary>
    private static string? Dialect(JsonElement exchange, string body) => Text(exchange, "dialect") switch
    {
        DialectIds.OpenAIChat => DialectIds.OpenAIChat,
        DialectIds.OpenAICompletions => DialectIds.OpenAICompletions,
        DialectIds.AnthropicMessages => DialectIds.AnthropicMessages,
        "gemini" => DialectIds.GoogleGemini,
        DialectIds.OpenAIResponses => DialectIds.OpenAIResponses,
        "response-only" when body.Contains("\"chat.completion", StringComparison.Ordinal) => DialectIds.OpenAIChat,
        "response-only" when body.Contains("event: message_start", StringComparison.Ordinal)
            || body.Contains("\"stop_sequence\"", StringComparison.Ordinal) => DialectIds.AnthropicMessages,
        _ => null,
    };

    private static byte[] Body(JsonElement body) => body.ValueKind switch
    {
        JsonValueKind.String => Encoding.UTF8.GetBytes(body.GetString()!),
        JsonValueKind.Object => body.GetProperty("base64").GetBytesFromBase64(),
        _ => [],
    };
}
