namespace Lightport.Tests.Exchanges;

/// <summary>The least that clients and providers say to each other, in both wires.</summary>
internal static class Wires
{
    /// <summary>The request, for another model than "m".</summary>
    public static string For(string model, string request) =>
        request.Replace("\"m\"", $"\"{model}\"", StringComparison.Ordinal);

    public const string Chat = """{"model":"m","messages":[{"role":"user","content":"hi"}]}""";

    public const string ChatStream = """{"model":"m","messages":[{"role":"user","content":"hi"}],"stream":true}""";

    public const string Messages =
        """{"model":"m","max_tokens":64,"messages":[{"role":"user","content":"hi"}]}""";

    public const string MessagesStream =
        """{"model":"m","max_tokens":64,"messages":[{"role":"user","content":"hi"}],"stream":true}""";

    public const string ChatAnswer = """
        {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"gpt-4o-mini","choices":[{"index":0,"message":
        {"role":"assistant","content":"Hello","refusal":null},"logprobs":null,"finish_reason":"stop"}],
        "usage":{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12}}
        """;

    public const string MessagesAnswer = """
        {"id":"msg_1","type":"message","role":"assistant","model":"claude-x","content":[{"type":"text","text":"Hello"}],
        "stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":9,"output_tokens":3}}
        """;

    public const string ChatRole =
        """
        data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}


        """;

    public const string ChatText =
        """
        data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini","choices":[{"index":0,"delta":{"content":"Hello"},"finish_reason":null}]}


        """;

    public const string ChatMore =
        """
        data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini","choices":[{"index":0,"delta":{"content":" there"},"finish_reason":null}]}


        """;

    public const string ChatFinish =
        """
        data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}


        """;

    public const string ChatUsage =
        """
        data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"gpt-4o-mini","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12}}


        """;

    public const string ChatDone = "data: [DONE]\n\n";

    public const string ChatEvents = ChatRole + ChatText + ChatFinish + ChatUsage + ChatDone;

    public const string ChatError =
        """
        data: {"error":{"message":"Told by the provider.","type":"server_error","param":null,"code":"its_code"}}


        """;

    public const string MessagesStart =
        """
        event: message_start
        data: {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-x","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":9,"output_tokens":1}}}


        """;

    public const string MessagesText =
        """
        event: content_block_start
        data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello"}}


        """;

    public const string MessagesEnd =
        """
        event: content_block_stop
        data: {"type":"content_block_stop","index":0}

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":3}}

        event: message_stop
        data: {"type":"message_stop"}


        """;

    public const string MessagesEvents = MessagesStart + MessagesText + MessagesEnd;

    public const string MessagesError =
        """
        event: error
        data: {"type":"error","error":{"type":"overloaded_error","message":"Told by the provider."}}


        """;
}
