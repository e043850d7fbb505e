using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Dialects.OpenAI.Completions;
using Lightport.Tests.Dialects.Anthropic.Messages;
using Lightport.Tests.Dialects.OpenAI.Chat;

namespace Lightport.Tests.Dialects;

/// <summary>An answer that has begun takes a second source: it goes on, under the name that it began with.</summary>
public sealed class SecondSourceTests
{
    private static readonly StreamEvent[] Events =
    [
        new StreamEvent.ResponseStart("unusable", "none", 1),
        new StreamEvent.ResponseStart("first", "m", 5),
        .. ToldParts.Text(0, "one"),
        new StreamEvent.ResponseStart("second", "other", 6),
        .. ToldParts.Text(1, "two"),
        new StreamEvent.ResponseEnd(new Finish(FinishReason.Stop)),
    ];

    [Fact]
    public void Chat_SecondSource_KeepsIdAndRole()
    {
        string sse = ChatWire.EncodeStream(Events);

        ChatStreamLaws.Check(sse, includeUsage: false);
        AssertOneAnswer("\"id\":\"first\"", sse);
    }

    [Fact]
    public void Completions_SecondSource_KeepsId() => AssertOneAnswer(
        "\"id\":\"first\"",
        ChatWire.EncodeStream(Events, encoder: new OpenAICompletionsStreamEncoder(ChatWire.Context())));

    [Fact]
    public void Messages_SecondSource_GoesOnCountingItsBlocks()
    {
        string sse = Wire.EncodeStream(Events);

        Assert.Equal(2, MessagesStreamLaws.Check(sse)!["content"]!.AsArray().Count);
        AssertOneAnswer("\"id\":\"msg_first\"", sse);
    }

    [Fact]
    public void Fold_SecondSource_IsOneAnswer()
    {
        ChatResponse answer = ChatWire.Fold(Events).ToResponse();

        Assert.Equal("first", answer.Id);
        Assert.Equal(["one", "two"], answer.Choices[0].Parts.Select(part => ((TextPart)part).Text));
    }

    private static void AssertOneAnswer(string id, string sse)
    {
        Assert.Contains(id, sse, StringComparison.Ordinal);
        Assert.DoesNotContain("second", sse, StringComparison.Ordinal);
        Assert.DoesNotContain("unusable", sse, StringComparison.Ordinal);
    }
}
