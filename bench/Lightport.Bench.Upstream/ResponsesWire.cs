using System.Text;
using static Lightport.Bench.Upstream.Wire;

namespace Lightport.Bench.Upstream;

/// <summary>OpenAI Responses (https://platform.openai.com/docs/api-reference/responses-streaming).</summary>
internal static class ResponsesWire
{
    private const string Head = """
        "id":"resp_bench","object":"response","created_at":1760000000,"model":"o4-mini-bench","error":null,
        "incomplete_details":null,"instructions":null,"metadata":{},"parallel_tool_calls":true,"temperature":1.0,
        "tool_choice":"auto","tools":[],"top_p":1.0
        """;

    private const string Usage = """
        "usage":{
          "input_tokens":25,"input_tokens_details":{"cached_tokens":0},"output_tokens":160,
          "output_tokens_details":{"reasoning_tokens":0},"total_tokens":185}
        """;

    private const string Part = """{"type":"output_text","annotations":[],"logprobs":[],"text":""}""";

    public static Wire Create() => new(
        Encoding.UTF8.GetBytes(OneLine($$"""{ {{Head}},"status":"completed","output":[{{Item(Prose(640))}}],{{Usage}} }""")),
        [
            Told("response.created", $$"""
                "response":{ {{Head}},"status":"in_progress","output":[],"usage":null}
                """),
            Told("response.output_item.added", """
                "output_index":0,
                "item":{"id":"msg_bench","type":"message","status":"in_progress","content":[],"role":"assistant"}
                """),
            Told("response.content_part.added", $$"""
                "item_id":"msg_bench","output_index":0,"content_index":0,"part":{{Part}}
                """),
        ],
        Text("The light turns. "),
        [
            Told("response.output_text.done", """
                "item_id":"msg_bench","output_index":0,"content_index":0,"logprobs":[],"text":""
                """),
            Told("response.content_part.done", $$"""
                "item_id":"msg_bench","output_index":0,"content_index":0,"part":{{Part}}
                """),
            Told("response.output_item.done", $$"""
                "output_index":0,"item":{{Item("")}}
                """),
            Told("response.completed", $$"""
                "response":{ {{Head}},"status":"completed","output":[{{Item("")}}],{{Usage}} }
                """),
        ],
        Repeat(Text(Prose(900)), 64));

    private static string Item(string text) => $$"""
        {
          "id":"msg_bench","type":"message","status":"completed","role":"assistant",
          "content":[{"type":"output_text","annotations":[],"logprobs":[],"text":"{{text}}"}]
        }
        """;

    private static byte[] Text(string text) => Told("response.output_text.delta", $$"""
        "item_id":"msg_bench","output_index":0,"content_index":0,"logprobs":[],"delta":"{{text}}"
        """);

    private static byte[] Told(string type, string fields) =>
        Event($$"""{"type":"{{type}}","sequence_number":1,{{fields}} }""", type);
}
