using System.Text;
using Lightport.Dialects;

namespace Lightport.Tests.Laws;

/// <summary>Answers written by hand, small, one oddity each; every one was met in a real provider's traffic.</summary>
internal static class Fixtures
{
    private const string Head = "\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\"";

    public static IReadOnlyList<RecordedAnswer> All { get; } =
    [
        Chat("usage on a chunk with choices", Delta("\"content\":\"hé\""),
            $$$"""{{{{Head}}},"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2,"total_tokens":5}}"""),
        Chat("no usage, no [DONE]", Delta("\"content\":\"a\""), End("stop")),
        Chat("role in every delta", Delta("\"role\":\"assistant\",\"content\":\"a\""), Delta("\"role\":\"assistant\",\"content\":\"b\""), End("length"), "[DONE]"),
        Chat("two finish chunks", Delta("\"content\":\"a\""), End("stop"), End("stop"), "[DONE]"),
        Chat("identity changes", Delta("\"content\":\"a\""), Delta("\"content\":\"b\"").Replace("c1", "c2", StringComparison.Ordinal), End("stop"), "[DONE]"),
        Chat("created in milliseconds", Delta("\"content\":\"a\"").Replace("\"created\":1", "\"created\":1753879075170", StringComparison.Ordinal), End("stop"), "[DONE]"),
        Chat("calls without index", Delta("\"tool_calls\":[{\"id\":\"k1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]"),
            Delta("\"tool_calls\":[{\"id\":\"k2\",\"type\":\"function\",\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}]"), End("tool_calls"), "[DONE]"),
        Chat("arguments as an object", Delta("\"tool_calls\":[{\"index\":0,\"id\":\"k1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":{\"a\":[1]}}}]"), End("tool_calls"), "[DONE]"),
        Chat("stop although there are calls", Delta("\"tool_calls\":[{\"index\":0,\"id\":\"k1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]"), End("stop"), "[DONE]"),
        Chat("reasoning by another name", Delta("\"reasoning\":\"think\""), Delta("\"content\":\"a\""), End("stop"), "[DONE]"),
        Chat("error after content", Delta("\"content\":\"a\""), """{"error":{"message":"Too busy.","type":"server_error","code":"busy"}}"""),
        Stream("odd framing", DialectIds.OpenAIChat, $"\uFEFF: comment\r\n\r\ndata:{Delta("\"content\":\"€😀\"")}\r\n\r\ndata:{End("stop")}\r\n\r\ndata: [DONE]\r\n\r\n"),
        Whole("error inside a success", DialectIds.OpenAIChat, 200, """{"error":{"message":"Too busy.","type":"server_error","code":503}}"""),
        Whole("rate limit", DialectIds.OpenAIChat, 429, """{"error":{"message":"Slow down.","type":"requests","param":null,"code":"rate_limit_exceeded"}}"""),
        Whole("no identity, null content", DialectIds.OpenAIChat, 200, """{"choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[{"function":{"name":"f","arguments":""}}]},"finish_reason":"stop"}]}"""),
        Messages("pings and two blocks",
            """{"type":"ping"}""",
            """{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"hm"}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"c2ln"}}""",
            """{"type":"content_block_stop","index":0}""",
            """{"type":"ping"}""",
            """{"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"toolu_1","name":"f","input":{}}}""",
            """{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"a\":"}}""",
            """{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"1}"}}""",
            """{"type":"content_block_stop","index":1}""",
            """{"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":7}}""",
            """{"type":"message_stop"}"""),
        Messages("error after content",
            """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""",
            """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"a"}}""",
            """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"""),
        Whole("overloaded", DialectIds.AnthropicMessages, 529, """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"""),
        Whole("cached prompt", DialectIds.AnthropicMessages, 200, """{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"a"}],"stop_reason":"max_tokens","stop_sequence":null,"usage":{"input_tokens":1,"cache_read_input_tokens":20,"cache_creation_input_tokens":300,"output_tokens":4}}"""),
        Whole("only an item of a tool of its own", DialectIds.OpenAIResponses, 200, """
            {"id":"resp_1","object":"response","created_at":1,"status":"completed","model":"m","error":null,"incomplete_details":null,
            "output":[{"type":"mcp_approval_request","id":"mcpr_1","name":"f","server_label":"s","arguments":"{}"}],"usage":{"input_tokens":3,"output_tokens":2}}
            """),
        Stream("completions", DialectIds.OpenAICompletions, "data: {\"id\":\"t1\",\"object\":\"text_completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"text\":\"a\",\"finish_reason\":\"stop\"}]}\n\n"),
    ];

    private static string Delta(string fields) => $$$"""{{{{Head}}},"choices":[{"index":0,"delta":{{{{fields}}}},"finish_reason":null}]}""";

    private static string End(string reason) => $$$"""{{{{Head}}},"choices":[{"index":0,"delta":{},"finish_reason":"{{{reason}}}"}]}""";

    private static RecordedAnswer Chat(string id, params string[] data) =>
        Stream(id, DialectIds.OpenAIChat, string.Concat(data.Select(one => $"data: {one}\n\n")));

    private static RecordedAnswer Messages(string id, params string[] data)
    {
        const string Start = """
            {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"m","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":3,"output_tokens":1}}}
            """;
        IEnumerable<string> frames = data.Prepend(Start).Select(one => $"event: {one.Split('"')[3]}\ndata: {one}\n\n");
        return Stream(id, DialectIds.AnthropicMessages, string.Concat(frames));
    }

    private static RecordedAnswer Stream(string id, string dialect, string body) =>
        new(id, dialect, "", 200, true, "", Encoding.UTF8.GetBytes(body));

    private static RecordedAnswer Whole(string id, string dialect, int status, string body) =>
        new(id, dialect, "", status, false, "", Encoding.UTF8.GetBytes(body));
}
