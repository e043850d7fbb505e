using System.Text;
using Lightport.Bench.Upstream;
using Lightport.Conversation;
using Lightport.Dialects;

namespace Lightport.Bench.Micro;

/// <summary>What is coded: the fake provider's own answers, and a request of the usual kind.</summary>
internal static class Samples
{
    /// <summary>The dialects that are both served and spoken by translation.</summary>
    public static IReadOnlyList<string> Translated { get; } = [DialectIds.OpenAIChat, DialectIds.AnthropicMessages];

    /// <summary>Those that providers are told.</summary>
    public static IReadOnlyList<string> Spoken { get; } =
        [.. Translated, DialectIds.OpenAIResponses, DialectIds.GoogleGemini, DialectIds.AwsConverse];

    private static DialectRegistry Dialects { get; } = BuiltInDialects.Create();

    public static DialectOperation Operation(string dialect) => Dialects.Of(dialect, Lightport.Dialects.Operation.Chat);

    public static IServedConversation Served(string dialect) => (IServedConversation)Operation(dialect).Served!;

    /// <summary>For a provider that keeps the dialect's laws to the letter.</summary>
    public static CallContext Context(bool stream) => new()
    {
        Model = "bench",
        Exact = true,
        Stream = stream,
        Losses = new LossLedger(null, "bench/bench"),
        Answer = new AnswerContext
        {
            RequestId = "req_bench", Model = "bench", Created = 1_760_000_000, Stream = stream, IncludeUsage = true,
        },
    };

    public static Wire Wire(string dialect) => dialect switch
    {
        DialectIds.OpenAIChat => ChatWire.Create(),
        DialectIds.OpenAIResponses => ResponsesWire.Create(),
        DialectIds.GoogleGemini => GeminiWire.Create(),
        DialectIds.AwsConverse => ConverseWire.Create(),
        _ => MessagesWire.Create(),
    };

    /// <summary>A whole stream of 32 text chunks.</summary>
    public static byte[] Stream(string dialect)
    {
        Wire wire = Wire(dialect);
        return
        [
            .. wire.Opening.SelectMany(part => part),
            .. Upstream.Wire.Repeat(wire.Delta, Upstream.Wire.Deltas),
            .. wire.Closing.SelectMany(part => part),
            .. dialect == DialectIds.OpenAIChat ? [.. wire.Usage, .. ChatWire.Done] : Array.Empty<byte>(),
        ];
    }

    /// <summary>Ten turns and a tool, about 4 KB; valid in both dialects but for the tool's shape.</summary>
    public static byte[] Request(string dialect)
    {
        string tool = dialect == DialectIds.OpenAIChat
            ? $$"""{"type":"function","function":{"name":"lamp","parameters":{{Schema}} } }"""
            : $$"""{"name":"lamp","input_schema":{{Schema}} }""";
        string turns = string.Join(',', Enumerable.Range(0, 10).Select(i =>
            $$"""{"role":"{{(i % 2 == 0 ? "user" : "assistant")}}","content":"{{Upstream.Wire.Prose(350)}}"}"""));
        return Encoding.UTF8.GetBytes(
            $$"""
            {"model":"bench","max_tokens":256,"temperature":0.2,"stream":true,"tools":[{{tool}}],
            "messages":[{{turns}},{"role":"user","content":"And then?"}]}
            """);
    }

    private const string Schema = """
        {"type":"object","properties":{"degrees":{"type":"number"}},"required":["degrees"]}
        """;
}
