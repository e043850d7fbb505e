using System.Text;
using Lightport.Transport.Framing;

namespace Lightport.Tests.Transport.Framing;

/// <summary>https://html.spec.whatwg.org/multipage/server-sent-events.html, at every piece size.</summary>
public sealed class SseFrameReaderTests
{
    /// <summary>The body, then the frames that come of it: <c>name|data</c>, or <c>|data</c>.</summary>
    public static TheoryData<string, string[]> Bodies => new()
    {
        { "data: a\n\ndata: b\n\n", ["|a", "|b"] },
        { "data: a\r\n\r\ndata: b\r\n\r\n", ["|a", "|b"] },
        { "data: a\r\rdata: b\r\r", ["|a", "|b"] },
        { "data: a\r\n\ndata: b\n\r\ndata: c\r\r\n", ["|a", "|b", "|c"] },
        { "data:a\n\ndata:  b\n\n", ["|a", "| b"] },
        { "data: a\ndata\ndata:b\n\n", ["|a\n\nb"] },
        { "data\n\n", ["|"] },
        { "event: ping\ndata: {}\n\n", ["ping|{}"] },
        { "data: {}\nevent:ping\n\n", ["ping|{}"] },
        { "event: lost\n\ndata: a\n\n", ["|a"] },
        { "event: first\nevent: second\ndata: a\n\n", ["second|a"] },
        { ": comment\n\n: another\ndata: a\n: inside\n\n", ["|a"] },
        { "\n\n\r\n\r\rdata: a\n\n\n\ndata: b\n\n", ["|a", "|b"] },
        { "id: 1\nretry: 10\nDATA: x\ndata : y\n data: z\ndata: a\n\n", ["|a"] },
        { "\uFEFFdata: a\n\ndata: b\n\n", ["|a", "|b"] },
        { "\uFEFF\uFEFFdata: lost\n\ndata: b\n\n", ["|b"] },
        { "data: a\n\n\uFEFFdata: lost\n\ndata: b\n\n", ["|a", "|b"] },
        { "data: ünï 🧭 漢字\n\n", ["|ünï 🧭 漢字"] },
        { "data: a\u2028b\u0085c\0d\u000Be\n\n", ["|a\u2028b\u0085c\0d\u000Be"] },
        { "data: [DONE]\n\n", ["|[DONE]"] },
        { "data: a\n\n: the end\n\n", ["|a"] },
        { "", [] },
        { "\uFEFF", [] },
        { ": only\n\n", [] },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public void TryRead_AnyPieceSize_GivesTheSpecifiedFrames(string body, string[] expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        foreach (int size in SseCutter.PieceSizes)
        {
            SseOutcome outcome = SseCutter.Read(bytes, size);

            Assert.Equal(expected, outcome.Frames.Select(frame => $"{frame.Name}|{frame.Data}"));
            Assert.Null(outcome.Last);
            Assert.Equal(bytes, outcome.Raw);
        }
    }

    [Theory]
    [InlineData("data: a\n\ndata: b", "b")]
    [InlineData("data: a\n\ndata: b\n", "b")]
    [InlineData("data: a\n\ndata: b\r", "b")]
    [InlineData("data: a\n\n: first\n\ndata: b\r\n", "b")]
    [InlineData("data: a\n\ndata", "")]
    [InlineData("data: a\n\nevent: x\n", null)]
    [InlineData("data: a\n\n: comment", null)]
    [InlineData("data: a\n\n", null)]
    [InlineData("data: a\r\n\r\n", null)]
    public void TryReadLast_BodyEndsAfterFirstFrame_GivesWhatHasData(string body, string? expected)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        foreach (int size in SseCutter.PieceSizes)
        {
            SseOutcome outcome = SseCutter.Read(bytes, size);

            Assert.Equal("a", Assert.Single(outcome.Frames).Data);
            Assert.Equal(expected, outcome.Last?.Data);
            Assert.Equal(bytes, outcome.Raw);
        }
    }

    [Fact]
    public void TryRead_ReturnAtTheEndOfThePiece_DispatchesWithoutWaitingForALineFeed()
    {
        using var reader = new SseFrameReader();
        SseCutter.Feed(reader, "data: a\r\n\r"u8);

        Assert.True(reader.TryRead(out Frame first));
        Assert.Equal("data: a\r\n\r"u8, first.Raw);

        SseCutter.Feed(reader, "\ndata: b\n\n"u8);
        Assert.True(reader.TryRead(out Frame second));
        Assert.Equal("b"u8, second.Data);
        Assert.Equal("\ndata: b\n\n"u8, second.Raw);
    }
}
