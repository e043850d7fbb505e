using System.Text;
using static Lightport.Bench.Upstream.Wire;

namespace Lightport.Bench.Upstream;

/// <summary>Anthropic messages (https://docs.anthropic.com/en/api/messages).</summary>
internal static class MessagesWire
{
    private const string InputUsage = """
        "input_tokens":25,"cache_creation_input_tokens":0,"cache_read_input_tokens":0
        """;

    private const string Head = """
        "id":"msg_01BenchBenchBenchBench","type":"message","role":"assistant","model":"claude-bench"
        """;

    private const string Start = $$"""
        {
          "type":"message_start",
          "message":{
            {{Head}},"content":[],"stop_reason":null,"stop_sequence":null,
            "usage":{ {{InputUsage}},"output_tokens":1,"service_tier":"standard"}
          }
        }
        """;

    private const string End = $$"""
        {
          "type":"message_delta",
          "delta":{"stop_reason":"end_turn","stop_sequence":null},
          "usage":{ {{InputUsage}},"output_tokens":160}
        }
        """;

    public static Wire Create() => new(
        Unary(),
        [
            Event(Start, "message_start"),
            Event(
                """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""",
                "content_block_start"),
            Event("""{"type": "ping"}""", "ping"),
        ],
        Text("The light turns. "),
        [
            Event("""{"type":"content_block_stop","index":0}""", "content_block_stop"),
            Event(End, "message_delta"),
            Event("""{"type":"message_stop"}""", "message_stop"),
        ],
        Repeat(Text(Prose(900)), 64));

    private static byte[] Text(string text) => Event(
        $$$"""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"{{{text}}}"}}""",
        "content_block_delta");

    private static byte[] Unary() => Encoding.UTF8.GetBytes(OneLine(
        $$"""
        {
          {{Head}},
          "content":[{"type":"text","text":"{{Prose(640)}}"}],
          "stop_reason":"end_turn","stop_sequence":null,
          "usage":{
            {{InputUsage}},"cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":0},
            "output_tokens":160,"service_tier":"standard"
          }
        }
        """));
}
