using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Dialects.OpenAI.Chat;
using Lightport.Dialects.Passthrough;
using Lightport.Tests.Dialects.Anthropic.Messages;
using Lightport.Tests.Dialects.OpenAI.Chat;

namespace Lightport.Tests.Dialects;

/// <summary>Usage that a provider did not tell is guessed where a client must have it, and marked.</summary>
public sealed class EstimatedUsageTests
{
    private const string WithoutUsage = """
        data: {"id":"c1","object":"chat.completion.chunk","created":5,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":"12345678"},"finish_reason":null}]}

        data: {"id":"c1","object":"chat.completion.chunk","created":5,"model":"m","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

        data: [DONE]


        """;

    private static readonly TokenUsage Guess = new() { Input = 9, Output = 2, Estimated = true };

    [Fact]
    public void Stream_WithoutUsage_TellsMessagesClientsTheGuess()
    {
        AnswerContext context = Wire.Context with { EstimatedPromptTokens = 9 };
        var relay = DecodedCall.Relay(
            ChatWire.Dialect.CreateStreamDecoder(), Wire.Dialect.CreateStreamEncoder(context), context.EstimatedPromptTokens);

        string stream = ChatWire.Relay(relay, WithoutUsage);

        Assert.Equal(
            """
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_c1","type":"message","role":"assistant","model":"m","content":[],"stop_reason":null,"stop_sequence":null,"stop_details":null,"usage":{"input_tokens":9,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":0},"output_tokens":0}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"12345678"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null,"stop_details":null},"usage":{"input_tokens":9,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":0},"output_tokens":2}}

            event: message_stop
            data: {"type":"message_stop"}


            """,
            stream);
        Assert.Equal(Guess, relay.Usage);
    }

    [Fact]
    public void Stream_WithoutUsage_TellsChatClientsWhoAskedAMarkedGuess()
    {
        var relay = DecodedCall.Relay(
            ChatWire.Dialect.CreateStreamDecoder(), ChatWire.Dialect.CreateStreamEncoder(ChatWire.Context(includeUsage: true)), 9);

        Assert.EndsWith(
            """
            data: {"id":"c1","object":"chat.completion.chunk","created":5,"model":"m","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11,"prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0},"estimated":true}}

            data: [DONE]


            """,
            ChatWire.Relay(relay, WithoutUsage),
            StringComparison.Ordinal);
    }

    [Fact]
    public void MendedStream_WithoutUsage_EndsInAMarkedGuess()
    {
        AnswerRelay relay = Passed(includeUsage: true);

        Assert.EndsWith(
            """
            data: {"id":"c1","object":"chat.completion.chunk","created":5,"model":"m","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11,"prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0},"estimated":true}}

            data: [DONE]


            """,
            ChatWire.Relay(relay, WithoutUsage),
            StringComparison.Ordinal);
        Assert.Equal(Guess, relay.Usage);
    }

    [Fact]
    public void MendedStream_ThatNobodyAskedUsageOf_HasNone()
    {
        AnswerRelay relay = Passed(includeUsage: false);

        Assert.DoesNotContain("usage", ChatWire.Relay(relay, WithoutUsage), StringComparison.Ordinal);
        Assert.Equal(Guess, relay.Usage);
    }

    [Fact]
    public void MendedStream_OfToolCalls_CountsTheirNamesAndArgumentsOnly()
    {
        AnswerRelay relay = Passed(includeUsage: false);

        ChatWire.Relay(relay, """
            data: {"id":"c1","created":5,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","tool_calls":[{"index":0,"id":"call_1","type":"function","function":{"name":"look","arguments":"{}"}}]},"finish_reason":"tool_calls"}]}

            data: [DONE]


            """);

        Assert.Equal(2, relay.Usage!.Output);
    }

    [Fact]
    public void PassedStream_OfChat_CountsThoughtsApart()
    {
        AnswerRelay relay = Passed(includeUsage: false, exact: true);

        ChatWire.Relay(relay, """
            data: {"id":"c1","choices":[{"index":0,"delta":{"content":"12345678"}}]}

            data: {"id":"c1","choices":[{"index":0,"delta":{"content":"","reasoning_content":"12\"45"}}]}

            data: {"id":"c1","choices":[{"index":0,"delta":{"content":null,"reasoning":"123456"}}]}

            data: {"id":"c1","choices":[{"index":0,"delta":{"content": "12345678"}}]}


            """);

        Assert.Equal((4, 3), (relay.SettledUsage!.Output, relay.SettledUsage.Reasoning));
    }

    [Fact]
    public void PassedStream_OfMessages_CountsThoughtsApart()
    {
        (_, AnswerRelay relay) = Wire.Relay("""
            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"12\"4567"}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"1234"}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{\"a\":1}"}}


            """);

        Assert.Equal((4, 2), (relay.SettledUsage!.Output, relay.SettledUsage.Reasoning));
    }

    private static AnswerRelay Passed(bool includeUsage, bool exact = false) => ChatWire.Passed(new OpenAIChatPassing
    {
        Exact = exact,
        Stream = true,
        IncludeUsage = includeUsage,
        Response = ChatWire.Context(includeUsage) with { EstimatedPromptTokens = 9 },
    });
}
