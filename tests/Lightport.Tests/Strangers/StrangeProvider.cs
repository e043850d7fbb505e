using System.Text;
using Lightport.Tests.Exchanges;
using Lightport.Strangers.PathChat;
using Lightport.Tests.Transport.Framing;

namespace Lightport.Tests.Strangers;

/// <summary>
/// The same answer as each provider gives it: an opening, "Hello", a call of a tool, an end with usage; and its errors.
/// </summary>
internal sealed record StrangeProvider(
    string Model,
    string MediaType,
    string Whole,
    byte[] Opening,
    byte[] Text,
    byte[] Rest,
    byte[] Failure,
    string Refusal)
{
    public const string Message = "Told by the provider.";

    public static StrangeProvider PathChat { get; } = new(
        "path-chat/x",
        PathChatDialect.MediaType,
        """
        {"id":"a1","model":"x","say":"Hello","calls":[{"id":"c1","name":"look","args":{"q":1}}],"end":"calls",
         "used":{"in":9,"out":3}}
        """,
        """[{"id":"a1","model":"x"}"""u8.ToArray(),
        ",\n{\"say\":\"Hello\"}"u8.ToArray(),
        """
        ,{"call":{"id":"c1","name":"look","args":{"q":1}}}, {"end":"calls","used":{"in":9,"out":3}}
        ]
        """u8.ToArray(),
        """,{"fault":{"code":503,"name":"its_code","why":"Told by the provider."}}]"""u8.ToArray(),
        """{"fault":{"code":429,"name":"its_code","why":"Told by the provider."}}""");

    public static StrangeProvider Frames { get; } = new(
        "frames/x",
        "application/vnd.amazon.eventstream",
        """
        {"messages":[{"type":"start","id":"a1"},{"type":"text","t":"Hello"},
         {"type":"call","id":"c1","name":"look","args":{"q":1}},{"type":"stop","why":"tool"},
         {"type":"tokens","in":9,"out":3}]}
        """,
        AwsEventStream.Event("start", """{"id":"a1"}"""),
        AwsEventStream.Event("text", """{"t":"Hello"}"""),
        [
            .. AwsEventStream.Event("call", """{"id":"c1","name":"look","args":{"q":1}}"""),
            .. AwsEventStream.Event("stop", """{"why":"tool"}"""),
            .. AwsEventStream.Event("tokens", """{"in":9,"out":3}"""),
        ],
        AwsEventStream.Exception("throttled", """{"message":"Told by the provider."}"""),
        """{"message":"Told by the provider."}""");

    public static StrangeProvider OpenAI { get; } = new(
        "openai/x",
        "text/event-stream",
        """
        {"id":"a1","object":"chat.completion","created":1,"model":"x","choices":[{"index":0,"message":{"role":"assistant",
         "content":"Hello","tool_calls":[{"id":"c1","type":"function","function":{"name":"look","arguments":"{\"q\":1}"}}]},
         "finish_reason":"tool_calls"}],"usage":{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12}}
        """,
        Chunks("""[{"index":0,"delta":{"role":"assistant","content":""}}]"""),
        Chunks("""[{"index":0,"delta":{"content":"Hello"}}]"""),
        [
            .. Chunks(
                """[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c1","type":"function","""
                + """ "function":{"name":"look","arguments":"{\"q\":1}"}}]}}]""",
                """[{"index":0,"delta":{},"finish_reason":"tool_calls"}]""",
                """[],"usage":{"prompt_tokens":9,"completion_tokens":3,"total_tokens":12}"""),
            .. Encoding.UTF8.GetBytes(Wires.ChatDone),
        ],
        Encoding.UTF8.GetBytes(Wires.ChatError),
        """{"error":{"message":"Told by the provider.","type":"its_type","param":null,"code":"its_code"}}""");

    public static StrangeProvider Anthropic { get; } = new(
        "anthropic/x",
        "text/event-stream",
        """
        {"id":"a1","type":"message","role":"assistant","model":"x","content":[{"type":"text","text":"Hello"},
         {"type":"tool_use","id":"c1","name":"look","input":{"q":1}}],"stop_reason":"tool_use","stop_sequence":null,
         "usage":{"input_tokens":9,"output_tokens":3}}
        """,
        Encoding.UTF8.GetBytes(Wires.MessagesStart),
        Encoding.UTF8.GetBytes(Wires.MessagesText),
        """
        event: content_block_stop
        data: {"type":"content_block_stop","index":0}

        event: content_block_start
        data: {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"c1","name":"look","input":{}}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"q\":1}"}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":1}

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":3}}

        event: message_stop
        data: {"type":"message_stop"}


        """u8.ToArray(),
        Encoding.UTF8.GetBytes(Wires.MessagesError),
        """{"type":"error","error":{"type":"rate_limit_error","message":"Told by the provider."}}""");

    public static StrangeProvider Of(string name) => name switch
    {
        "path-chat" => PathChat,
        "frames" => Frames,
        "openai" => OpenAI,
        _ => Anthropic,
    };

    public ScriptedResponse Answer(bool stream) => stream
        ? Streamed(Opening, Text, Rest)
        : ScriptedResponse.Json(Whole);

    public ScriptedResponse Streamed(params IEnumerable<byte[]> pieces) =>
        ScriptedResponse.Of(MediaType, [.. pieces.SelectMany(piece => piece)]);

    public ScriptedResponse Refuse(int status) => ScriptedResponse.Json(Refusal, status);

    private static byte[] Chunks(params IEnumerable<string> choices) => Encoding.UTF8.GetBytes(string.Concat(
        choices.Select(choice =>
            $"data: {{\"id\":\"a1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"x\",\"choices\":{choice}}}\n\n")));
}
