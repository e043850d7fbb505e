using System.Text;
using static Lightport.Bench.Upstream.Wire;

namespace Lightport.Bench.Upstream;

/// <summary>OpenAI chat completions (https://platform.openai.com/docs/api-reference/chat).</summary>
internal static class ChatWire
{
    private const string Usage = """
        "usage":{
          "prompt_tokens":25,"completion_tokens":160,"total_tokens":185,
          "prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},
          "completion_tokens_details":{
            "reasoning_tokens":0,"audio_tokens":0,"accepted_prediction_tokens":0,"rejected_prediction_tokens":0}}
        """;

    private const string Head = """
        "id":"chatcmpl-BenchBenchBenchBenchBench12","object":"chat.completion.chunk","created":1760000000,
        "model":"gpt-bench","service_tier":"default","system_fingerprint":"fp_bench"
        """;

    public static byte[] Done { get; } = "data: [DONE]\n\n"u8.ToArray();

    public static Wire Create() => new(
        Unary(),
        [Chunk("""{"role":"assistant","content":"","refusal":null}""")],
        Text("The light turns. "),
        [Chunk("{}", "\"stop\"")],
        Repeat(Text(Prose(850)), 64))
    {
        Usage = Event($$"""{{{Head}},"choices":[],{{Usage}}}"""),
    };

    private static byte[] Text(string text) => Chunk($$"""{"content":"{{text}}"}""");

    private static byte[] Chunk(string delta, string finish = "null") => Event(
        $$"""
        {
          {{Head}},
          "choices":[{"index":0,"delta":{{delta}},"logprobs":null,"finish_reason":{{finish}}}]
        }
        """);

    private static byte[] Unary() => Encoding.UTF8.GetBytes(OneLine(
        $$"""
        {
          "id":"chatcmpl-BenchBenchBenchBenchBench12","object":"chat.completion","created":1760000000,
          "model":"gpt-bench",
          "choices":[{
            "index":0,
            "message":{"role":"assistant","content":"{{Prose(440)}}","refusal":null,"annotations":[]},
            "logprobs":null,"finish_reason":"stop"
          }],
          {{Usage}},
          "service_tier":"default","system_fingerprint":"fp_bench"
        }
        """));
}
