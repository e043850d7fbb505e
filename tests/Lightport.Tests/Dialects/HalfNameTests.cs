using System.Text;
using Lightport.Conversation;
using Lightport.Dialects.Anthropic.Messages;
using Lightport.Tests.Dialects.Anthropic.Messages;
using Lightport.Tests.Dialects.Aws.Converse;
using Lightport.Tests.Dialects.Google.Gemini;
using Lightport.Tests.Dialects.OpenAI.Chat;
using Lightport.Tests.Dialects.OpenAI.Responses;
using Lightport.Tests.Transport.Framing;

namespace Lightport.Tests.Dialects;

/// <summary>
/// A field whose name holds half of a surrogate pair is one more that nobody knows: what stands beside it is read,
/// whole and streamed, wherever in an answer it comes.
/// </summary>
public sealed class HalfNameTests
{
    private const string Half = "\"\\ud83dx\":null,";

    [Fact]
    public void Chat_Whole() => Assert.Equal(
        "Hello",
        TextOf(ChatWire.DecodeResponse(Halved(
            """{"id":"c","choices":[{"index":0,"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":1}}"""))));

    [Fact]
    public void Chat_Streamed() => Assert.Equal(
        "Hello",
        TextOf(ChatWire.Fold(ChatWire.DecodeStream(
            "data: " + Halved(
                """{"id":"c","choices":[{"index":0,"delta":{"content":"Hello"},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":1}}""")
            + "\n\ndata: [DONE]\n\n"))));

    [Fact]
    public void Messages_Whole() => Assert.Equal(
        "Hello",
        TextOf(Wire.Dialect.DecodeResponse(Encoding.UTF8.GetBytes(Halved(
            """{"id":"msg_1","content":[{"type":"text","text":"Hello","citations":[{"type":"char_location","cited_text":"a"}]}],"stop_reason":"end_turn","usage":{"input_tokens":3,"output_tokens":1,"cache_creation":{"ephemeral_1h_input_tokens":0}}}""")))));

    [Fact]
    public void Messages_Streamed() => Assert.Equal(
        "Hello",
        TextOf(Wire.Fold(Wire.Decode(Halved(
            """
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_1","content":[],"usage":{"input_tokens":3,"output_tokens":1}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":1}}

            event: message_stop
            data: {"type":"message_stop"}


            """)))));

    [Fact]
    public void Responses_Whole() => Assert.Equal("Hello", TextOf(ResponsesProvider.Decode(Halved(Response))));

    [Fact]
    public void Responses_Streamed() => Assert.Equal(
        "Hello",
        TextOf(ChatWire.Fold(ResponsesProvider.DecodeStream(ResponsesProvider.Stream(
            Halved($$"""{"type":"response.completed","response":{{Response}}}"""))))));

    [Fact]
    public void Gemini_WholeAndStreamed()
    {
        string chunk = Halved(GeminiWire.Chunk(
            """{"text":"Hello"}""",
            ",\"finishReason\":\"STOP\"",
            ",\"usageMetadata\":{\"promptTokenCount\":3,\"candidatesTokenCount\":1}"));

        Assert.Equal("Hello", TextOf(GeminiWire.Whole(chunk)));
        Assert.Equal("Hello", TextOf(GeminiWire.Folded(chunk).Response));
    }

    [Fact]
    public void Converse_Whole() => Assert.Equal(
        "Hello",
        TextOf(ConverseWire.Whole(Halved(
            """{"output":{"message":{"role":"assistant","content":[{"text":"Hello"}]}},"stopReason":"end_turn","usage":{"inputTokens":3,"outputTokens":1}}"""))));

    [Fact]
    public void Converse_Streamed()
    {
        byte[] body =
        [
            .. Event("messageStart", """{"role":"assistant"}"""),
            .. Event("contentBlockDelta", """{"contentBlockIndex":0,"delta":{"text":"Hello"}}"""),
            .. Event("contentBlockStop", """{"contentBlockIndex":0}"""),
            .. Event("messageStop", """{"stopReason":"end_turn"}"""),
            .. Event("metadata", """{"usage":{"inputTokens":3,"outputTokens":1}}"""),
        ];

        Assert.Equal("Hello", TextOf(ConverseWire.Fold(ConverseWire.Decode(body))));
    }

    /// <summary>What passes is looked through for ids of files and containers that belong to an account.</summary>
    [Fact]
    public void ToldIds_AreFoundBesideOne()
    {
        var told = new AnthropicMessagesToldIds();
        told.See(Encoding.UTF8.GetBytes(Halved("""{"content":[{"type":"container_upload","file_id":"file_1"}]}""")));

        Assert.Equal(["file_1"], told.All);
    }

    private const string Response =
        """{"id":"resp_1","model":"m","status":"completed","error":null,"incomplete_details":{"reason":null},"output":[{"type":"message","id":"msg_1","role":"assistant","content":[{"type":"output_text","text":"Hello","annotations":[{"type":"file_citation","file_id":"f"}]}]}],"usage":{"input_tokens":3,"output_tokens":1,"input_tokens_details":{"cached_tokens":0}}}""";

    private static byte[] Event(string type, string json) => AwsEventStream.Event(type, Halved(json));

    /// <summary>With such a field in every object.</summary>
    private static string Halved(string json) => json.Replace("{\"", "{" + Half + "\"", StringComparison.Ordinal);

    private static string TextOf(StreamAccumulator fold)
    {
        Assert.Null(fold.Error);
        return TextOf(fold.ToResponse());
    }

    private static string TextOf(ChatResponse response)
    {
        Assert.Equal((3, 1), (response.Usage?.Prompt, response.Usage?.Completion));
        return Assert.IsType<TextPart>(Assert.Single(Assert.Single(response.Choices).Parts)).Text;
    }
}
