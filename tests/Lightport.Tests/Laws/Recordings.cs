using System.Text;
using System.Text.Json;
using Lightport.Dialects;
using Lightport.Tests.Laws.Reading;

namespace Lightport.Tests.Laws;

/// <summary>Third parties' recordings, read where they are and never copied.</summary>
internal static class Recordings
{
    private static readonly Lazy<IReadOnlyList<JsonElement>> Exchanges = new(() => [.. ReadAll()]);

    private static readonly Lazy<IReadOnlyList<RecordedAnswer>> Answers = new(() =>
        [.. Exchanges.Value.Where(exchange => Omitted(exchange) is null).Select(Answer)]);

    /// <summary>Every answer of a chat, or of a completion, whose wire the gateway speaks.</summary>
    public static IReadOnlyList<RecordedAnswer> All => Answers.Value;

    /// <summary>Why the others are none of these, and how many of each.</summary>
    public static IReadOnlyDictionary<string, int> Skipped => Exchanges.Value
        .Select(Omitted).OfType<string>().CountBy(reason => reason).ToDictionary();

    private static IEnumerable<JsonElement> ReadAll() =>
        from file in Directory.GetFiles(SharedFolder.PathOf("recorded"), "*.jsonl").Order(StringComparer.Ordinal)
        from line in File.ReadLines(file)
        select JsonElement.Parse(Encoding.UTF8.GetBytes(line));

    private static RecordedAnswer Answer(JsonElement exchange) => new(
        exchange.GetProperty("id").ToString(),
        Dialect(exchange)!,
        Text(exchange, "host"),
        Status(exchange),
        exchange.GetProperty("framing").ToString() is "sse" or "eventstream",
        exchange.TryGetProperty("request", out JsonElement request) ? Encoding.UTF8.GetString(Body(request)) : "",
        Body(exchange.GetProperty("response")));

    private static string? Omitted(JsonElement exchange)
    {
        byte[] body = Body(exchange.GetProperty("response"));
        return Dialect(exchange) is not { } dialect ? $"no chat that is spoken here: {Text(exchange, "dialect")}"
            : Relaxations.IsAnotherWire(Text(exchange, "url")) ? "Writer's own wire"
            : dialect == DialectIds.OpenAIResponses && Relaxations.IsNotWaitedFor(body) ? "answered in the background"
            : exchange.GetProperty("framing").ToString() is not ("json" or "sse" or "eventstream") ? "neither JSON nor events"
            : null;
    }

    private static int Status(JsonElement exchange) =>
        exchange.GetProperty("status") is { ValueKind: JsonValueKind.Number } status ? status.GetInt32() : 200;

    private static string Text(JsonElement exchange, string name) =>
        exchange.TryGetProperty(name, out JsonElement value) ? value.ToString() : "";

    private static string? Dialect(JsonElement exchange) => Text(exchange, "dialect") switch
    {
        DialectIds.OpenAIChat => DialectIds.OpenAIChat,
        DialectIds.OpenAICompletions => DialectIds.OpenAICompletions,
        DialectIds.AnthropicMessages => DialectIds.AnthropicMessages,
        "gemini" => DialectIds.GoogleGemini,
        DialectIds.OpenAIResponses => DialectIds.OpenAIResponses,
        "bedrock-converse" or "bedrock-converse-stream" => DialectIds.AwsConverse,
        "bedrock-invoke" or "bedrock-invoke-stream" when IsClaude(exchange) => DialectIds.AnthropicBedrock,
        "response-only" => OfBody(Encoding.UTF8.GetString(Body(exchange.GetProperty("response")))),
        _ => null,
    };

    /// <summary>A few were recorded without their address; their body tells what they are.</summary>
    private static string? OfBody(string body) =>
        body.Contains("\"chat.completion", StringComparison.Ordinal) ? DialectIds.OpenAIChat
        : body.Contains("event: message_start", StringComparison.Ordinal)
            || body.Contains("\"stop_sequence\"", StringComparison.Ordinal) ? DialectIds.AnthropicMessages
        : null;

    /// <summary>InvokeModel has each maker's own wire: Claude's is Messages, but for the models before Claude 3.</summary>
    private static bool IsClaude(JsonElement exchange)
    {
        byte[] body = Body(exchange.GetProperty("response"));
        return exchange.GetProperty("framing").ToString() == "eventstream"
            ? Encoding.UTF8.GetString(AwsMessages.Events(body)).Contains("\"message_start\"", StringComparison.Ordinal)
            : JsonElement.Parse(body).TryGetProperty("stop_sequence", out _);
    }

    private static byte[] Body(JsonElement body) => body.ValueKind switch
    {
        JsonValueKind.String => Encoding.UTF8.GetBytes(body.GetString()!),
        JsonValueKind.Object when body.TryGetProperty("base64", out JsonElement bytes) => bytes.GetBytesFromBase64(),
        JsonValueKind.Object => Encoding.UTF8.GetBytes(body.GetRawText()),
        _ => [],
    };
}
