using System.Buffers;
using System.Text;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Dialects.OpenAI.Chat;
using Lightport.Dialects.Passthrough;
using Lightport.Tests.Dialects.Anthropic.Messages;
using Lightport.Tests.Dialects.OpenAI.Chat;
using Lightport.Transport.Body;
using Lightport.Transport.Framing;

namespace Lightport.Tests.Dialects;

/// <summary>
/// An answer's pieces are worked on once each. Where work for every pair of pieces would copy text, four times the
/// pieces may allocate about four times as much; where it would search, the number of pieces is one with which the
/// test would not end.
/// </summary>
public sealed class LongAnswerTests
{
    private const int Many = 100_000;

    [Fact]
    public void Calls_WithoutAnIndex_AreFoundByTheirIdAtOnce()
    {
        IAnswerDecoder decoder = ChatWire.Dialect.CreateStreamDecoder();
        var events = new List<StreamEvent>();
        for (int i = 0; i < Many; i++)
        {
            Push(decoder, Call($$$"""{"id":"c{{{i}}}","function":{"name":"f","arguments":""}}"""), events);
        }

        events.Clear();
        for (int i = 0; i < Many; i++)
        {
            Push(decoder, Call($$$"""{"id":"c{{{i}}}","function":{"arguments":"{}"}}"""), events);
        }

        Assert.Equal(Enumerable.Range(0, Many), events.Select(told => ((StreamEvent.ToolCallDelta)told).Index));
    }

    [Fact]
    public void Choices_OfOneStream_AreFoundAtOnce()
    {
        IAnswerDecoder decoder = ChatWire.Dialect.CreateStreamDecoder();
        var events = new List<StreamEvent>();
        for (int i = 0; i < Many; i++)
        {
            Push(decoder, $$$"""{"id":"c","choices":[{"index":{{{i}}},"delta":{"content":"x"},"finish_reason":"stop"}]}""", events);
        }

        string told = ChatWire.EncodeStream(events.Append(new StreamEvent.ResponseEnd(new Finish(FinishReason.Stop))));

        Assert.Equal(Many, events.OfType<StreamEvent.TextDelta>().Count());
        Assert.Contains($"\"index\":{Many - 1},", told, StringComparison.Ordinal);
    }

    [Fact]
    public void Chunk_WithManyChoices_IsMendedInPlace()
    {
        var relay = ChatWire.Passed(new OpenAIChatPassing { Response = ChatWire.Context() });
        string choices = string.Join(',', Enumerable.Range(0, Many).Select(i => $$$"""{"index":{{{i}}},"delta":{}}"""));
        var output = new ArrayBufferWriter<byte>();

        byte[] data = Encoding.UTF8.GetBytes($$"""{"choices":[{{choices}}],"id":"c","model":"m","created":1}""");
        relay.Push(new Frame([], data, data), output);

        string[] roles = Encoding.UTF8.GetString(output.WrittenSpan).Split("\"role\":\"assistant\"");
        Assert.Equal(Many + 1, roles.Length);
    }

    [Fact]
    public void Calls_ToldAllAtOnce_WaitInTheirOrder()
    {
        IEnumerable<StreamEvent> events =
        [
            .. Enumerable.Range(0, Many).Select(i => ToldParts.Call(i, $"c{i}", "f")),
            .. Enumerable.Range(0, Many).Select(i => new StreamEvent.ToolCallDelta(i, "{}")),
            .. Enumerable.Range(0, Many).Reverse().Select(i => new StreamEvent.PartEnd(i)),
            new StreamEvent.ResponseEnd(new Finish(FinishReason.ToolCalls)),
        ];

        string told = Wire.EncodeStream(events);

        int last = -1;
        for (int i = 0; i < Many; i += Many / 10)
        {
            int place = told.IndexOf($"\"id\":\"c{i}\"", StringComparison.Ordinal);
            Assert.True(place > last);
            last = place;
        }

        Assert.Equal(Many, told.Split("event: content_block_stop").Length - 1);
    }

    /// <summary>Arguments before their name, thinking in details, content in pieces: each was text joined to text.</summary>
    [Theory]
    [InlineData("arguments")]
    [InlineData("details")]
    [InlineData("content")]
    public void Text_InPieces_IsJoinedOnce(string kind)
    {
        Read(kind, 100);

        long few = Allocated(() => Read(kind, 2_000));
        long many = Allocated(() => Read(kind, 8_000));

        Assert.True(many < 6 * few, $"{few:N0} bytes for 2,000 pieces, {many:N0} for 8,000");
    }

    [Fact]
    public void WholeAnswer_ToldAsAStream_IsWrittenPartByPart()
    {
        using var output = new PooledBuffer();
        var filter = new LengthFilter(output);
        var answer = new ChatResponse
        {
            Choices = [new ChatChoice(0, [new TextPart("one"), new RefusalPart("two")], new Finish(FinishReason.Stop))],
        };
        IAnswerEncoder encoder = ChatWire.Dialect.CreateStreamEncoder(ChatWire.Context());
        var relay = new EventRelay(
            new WholeCall(answer),
            () => encoder,
            streams: true,
            promptTokens: 0,
            [filter]);

        relay.Take(default, output);

        Assert.True(filter.Lengths.Distinct().Count() > 2, string.Join(' ', filter.Lengths));
    }

    private static void Read(string kind, int count)
    {
        string text = new('x', 20);
        switch (kind)
        {
            case "arguments":
                IAnswerDecoder decoder = ChatWire.Dialect.CreateStreamDecoder();
                var events = new List<StreamEvent>();
                for (int i = 0; i < count; i++)
                {
                    Push(decoder, Call($$$"""{"index":0,"function":{"arguments":"{{{text}}}"}}"""), events);
                }

                break;
            case "details":
                Whole($$"""
                    "reasoning_details":[{{Repeat(count, $$"""{"type":"reasoning.text","text":"{{text}}"}""")}}]
                    """);
                break;
            default:
                Whole($$"""
                    "content":[{{Repeat(count, $$"""{"type":"text","text":"{{text}}"}""")}}]
                    """);
                break;
        }
    }

    private static void Whole(string fields) => ChatWire.DecodeResponse(
        $$$"""{"id":"c","choices":[{"index":0,"message":{"role":"assistant",{{{fields}}}},"finish_reason":"stop"}]}""");

    private static string Repeat(int count, string item) => string.Join(',', Enumerable.Repeat(item, count));

    private static string Call(string call) => $$$"""{"id":"c","choices":[{"index":0,"delta":{"tool_calls":[{{{call}}}]}}]}""";

    private static void Push(IAnswerDecoder decoder, string json, List<StreamEvent> events)
    {
        byte[] data = Encoding.UTF8.GetBytes(json);
        decoder.Decode(new Frame([], data, data), events);
    }

    private static long Allocated(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    /// <summary>Notes how much had been written when each event came.</summary>
    private sealed class LengthFilter(PooledBuffer output) : IAnswerFilter
    {
        public List<int> Lengths { get; } = [];

        public void Filter(StreamEvent streamEvent, List<StreamEvent> passed)
        {
            Lengths.Add(output.Length);
            passed.Add(streamEvent);
        }

        public void Complete(List<StreamEvent> passed)
        {
        }
    }

    private sealed class WholeCall(ChatResponse answer) : Call(new BodySegments([]))
    {
        public override ChatResponse ReadWhole(ReadOnlyMemory<byte> body) => answer;

        public override GatewayError ReadError(int status, ReadOnlySpan<byte> body) =>
            GatewayError.BadUpstream("No such call was made.");
    }
}
