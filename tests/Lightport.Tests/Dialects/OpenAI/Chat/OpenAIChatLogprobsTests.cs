using Lightport.Conversation;

namespace Lightport.Tests.Dialects.OpenAI.Chat;

/// <summary>Log probabilities are read as values and written as they came.</summary>
public sealed class OpenAIChatLogprobsTests
{
    /// <summary>A token as the vendor's reference shows it: half of a character, told by its bytes.</summary>
    private const string Told =
        """{"content":[{"token":"\\xf0\\x9f","logprob":-0.31725305,"bytes":[240,159],"top_logprobs":[{"token":"Hi","logprob":-1.3190403,"bytes":[72,105]}]}],"refusal":null}""";

    [Fact]
    public void Decode_Logprobs_AreValues()
    {
        ChoiceLogprobs logprobs = Decode(Told).Choices[0].Logprobs!;

        TokenLogprob token = Assert.Single(logprobs.Content!);
        Assert.Equal((@"\xf0\x9f", new ExactNumber(-0.31725305)), (token.Token, token.Logprob));
        Assert.Equal([240, 159], token.Bytes!.Value.ToArray());
        TokenLogprob likely = Assert.Single(token.Top);
        Assert.Equal(("Hi", new ExactNumber(-1.3190403)), (likely.Token, likely.Logprob));
        Assert.Null(logprobs.Refusal);
    }

    [Theory]
    [InlineData(Told)]
    [InlineData("""{"content":null,"refusal":[{"token":"No","logprob":0,"bytes":null,"top_logprobs":[]}]}""")]
    [InlineData("""{"content":[],"refusal":null,"token_ids":[1,2]}""")]
    [InlineData("""{"content":[{"token":"a","logprob":null,"bytes":[97],"top_logprobs":[{"token":"b","logprob":-2,"bytes":[98],"rank":2}],"token_id":7}],"refusal":null}""")]
    public void Encode_WhatWasDecoded_IsTheSame(string logprobs)
    {
        string expected = $"\"logprobs\":{logprobs},";

        Assert.Contains(expected, ChatWire.EncodeResponse(Decode(logprobs)), StringComparison.Ordinal);
        Assert.Contains(expected, ChatWire.EncodeStream(DecodeStream(logprobs)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("-1.0")]
    [InlineData("-0.0")]
    [InlineData("-0.000012345")]
    [InlineData("-1.2345e-5")]
    [InlineData("-9999.000000")]
    [InlineData("-0.12345678901234567890123")]
    [InlineData("-1e999")]
    public void Encode_Number_HasEachDigitThatCame(string number)
    {
        string logprobs = $$"""{"content":[{"token":"a","logprob":{{number}}}]}""";
        string expected = $"\"logprob\":{number},";

        Assert.Contains(expected, ChatWire.EncodeResponse(Decode(logprobs)), StringComparison.Ordinal);
        Assert.Contains(expected, ChatWire.EncodeStream(DecodeStream(logprobs)), StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_AnswerThatCameOnSeveralLines_KeepsEachEventOnOne()
    {
        ChatResponse response = Decode("""
            {"content": [
              {"token": "a", "logprob": -1}
            ]}
            """);

        string sse = ChatWire.EncodeStream(ResponseReplay.Events(response));

        Assert.All(
            sse.Split("\n\n", StringSplitOptions.RemoveEmptyEntries),
            chunk => Assert.DoesNotContain("\n", chunk, StringComparison.Ordinal));
    }

    [Fact]
    public void Encode_HalfOfACharacter_IsTextThatAnyClientCanRead()
    {
        const string logprobs = """{"content":[{"token":"\ud83d","logprob":-1,"bytes":[240,159]}]}""";

        string sse = ChatWire.EncodeStream(DecodeStream(logprobs));

        Assert.Contains("\"token\":\"\uFFFD\",\"logprob\":-1,\"bytes\":[240,159]", sse, StringComparison.Ordinal);
    }

    [Fact]
    public void Fold_SeveralChunks_JoinsTheirTokensInOrder()
    {
        List<StreamEvent> events = DecodeStream(Told, """{"content":[{"token":"b","logprob":-2}]}""", """{"refusal":[]}""");

        ChoiceLogprobs logprobs = ChatWire.Fold(events).ToResponse().Choices[0].Logprobs!;

        Assert.Equal([@"\xf0\x9f", "b"], logprobs.Content!.Select(token => token.Token));
        Assert.Empty(logprobs.Refusal!);
    }

    [Theory]
    [InlineData("""{"content":7,"refusal":"x"}""")]
    [InlineData("""{"content":[null,1,{"token":3,"logprob":"x","bytes":[256,"a"],"top_logprobs":{}}]}""")]
    public void Decode_WhatIsNoLogprob_IsLeftOut(string logprobs) =>
        Assert.DoesNotContain("256", ChatWire.EncodeResponse(Decode(logprobs)), StringComparison.Ordinal);

    private static ChatResponse Decode(string logprobs) => ChatWire.DecodeResponse(
        $$"""{"choices":[{"index":0,"message":{"content":"x"},"logprobs":{{logprobs}},"finish_reason":"stop"}]}""");

    private static List<StreamEvent> DecodeStream(params string[] logprobs) =>
        ChatWire.DecodeStream(OpenAIChatStreamTests.Stream(
        [
            .. logprobs.Select(told =>
                $$"""{"id":"c1","choices":[{"index":0,"delta":{"content":"x"},"logprobs":{{told}},"finish_reason":null}]}"""),
            OpenAIChatStreamTests.Finish("stop"),
        ]));
}
