using Lightport.Conversation;
using Lightport.Tests.Dialects.Anthropic.Messages;
using Lightport.Tests.Dialects.OpenAI.Chat;

namespace Lightport.Tests.Dialects;

/// <summary>Spoken answers are the same whole and streamed, whoever reads them.</summary>
public sealed class AudioAnswerTests
{
    private const string Whole =
        """
        {"id":"c1","created":5,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":null,
          "audio":{"id":"a1","data":"AAEC","transcript":"hi there","expires_at":99}},"finish_reason":"stop"}]}
        """;

    /// <summary>Each piece of sound is encoded by itself, with its own padding.</summary>
    private const string Streamed = """
        data: {"id":"c1","created":5,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","audio":{"id":"a1","transcript":"hi"}}}]}

        data: {"id":"c1","created":5,"model":"m","choices":[{"index":0,"delta":{"audio":{"data":"AAE="}}}]}

        data: {"id":"c1","created":5,"model":"m","choices":[{"index":0,"delta":{"audio":{"data":"Ag==","transcript":" there"}}}]}

        data: {"id":"c1","created":5,"model":"m","choices":[{"index":0,"delta":{"audio":{"expires_at":99}},"finish_reason":"stop"}]}

        data: [DONE]


        """;

    [Fact]
    public void Decode_StreamedAudio_FoldsToTheWholeAnswer()
    {
        ChatResponse whole = ChatWire.DecodeResponse(Whole);
        ChatResponse folded = ChatWire.Fold(ChatWire.DecodeStream(Streamed)).ToResponse();

        AudioPart expected = new(MediaSource.FromBase64("AAEC", null))
        {
            Id = "a1",
            Transcript = "hi there",
            ExpiresAt = 99,
        };
        Assert.Equal([expected], whole.Choices[0].Parts);
        Assert.Equal([expected], folded.Choices[0].Parts);
        Assert.Equal([expected], ChatWire.Fold(ResponseReplay.Events(whole)).ToResponse().Choices[0].Parts);
    }

    [Fact]
    public void Encode_ForAChatClient_TellsEachPieceAsItCame() => Assert.StartsWith(
        """
        data: {"id":"c1","object":"chat.completion.chunk","created":5,"model":"m","choices":[{"index":0,"delta":{"role":"assistant","content":null,"audio":{"id":"a1","transcript":"hi"}},"logprobs":null,"finish_reason":null}]}

        data: {"id":"c1","object":"chat.completion.chunk","created":5,"model":"m","choices":[{"index":0,"delta":{"audio":{"data":"AAE="}},"logprobs":null,"finish_reason":null}]}
        """,
        ChatWire.EncodeStream(ChatWire.DecodeStream(Streamed)),
        StringComparison.Ordinal);

    [Fact]
    public void Encode_ForAMessagesClient_TellsTheWordsWholeAndStreamed()
    {
        const string content = """[{"type":"text","text":"hi there"}]""";

        Wire.Same(content, Wire.Encode(ChatWire.DecodeResponse(Whole))["content"]);
        ChatResponse folded = Wire.Fold(Wire.Decode(Wire.EncodeStream(ChatWire.DecodeStream(Streamed))));
        Assert.Equal("hi there", Assert.IsType<TextPart>(Assert.Single(folded.Choices[0].Parts)).Text);
    }
}
