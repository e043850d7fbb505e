using System.Text;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Dialects.Aws.Converse;
using Lightport.Tests.Transport.Framing;
using Lightport.Transport.Framing;

namespace Lightport.Tests.Dialects.Aws.Converse;

/// <summary>Converse's coders by themselves, and what a stream of it looks like.</summary>
internal static class ConverseWire
{
    public const string MediaType = "application/vnd.amazon.eventstream";

    public const string Answer = """
        {"metrics":{"latencyMs":7},"output":{"message":{"role":"assistant","content":[{"text":"Hello"}]}},
         "stopReason":"end_turn","usage":{"inputTokens":9,"outputTokens":3,"totalTokens":12}}
        """;

    public static byte[] Start { get; } = AwsEventStream.Event("messageStart", """{"p":"ab","role":"assistant"}""");

    public static byte[] End { get; } =
    [
        .. AwsEventStream.Event("messageStop", """{"p":"a","stopReason":"end_turn"}"""),
        .. AwsEventStream.Event(
            "metadata", """{"metrics":{"latencyMs":7},"usage":{"inputTokens":9,"outputTokens":3,"totalTokens":12}}"""),
    ];

    public static byte[] Events { get; } = [.. Start, .. Text("Hello"), .. Stop(0), .. End];

    public static byte[] Text(string text, int index = 0) => Delta($$"""{"text":"{{text}}"}""", index);

    public static byte[] Delta(string delta, int index = 0) => AwsEventStream.Event(
        "contentBlockDelta", $$"""{"contentBlockIndex":{{index}},"delta":{{delta}},"p":"abc"}""");

    public static byte[] Begin(string start, int index) => AwsEventStream.Event(
        "contentBlockStart", $$"""{"contentBlockIndex":{{index}},"p":"abc","start":{{start}}}""");

    public static byte[] Stop(int index) =>
        AwsEventStream.Event("contentBlockStop", $$"""{"contentBlockIndex":{{index}},"p":"a"}""");

    /// <summary>The events of a stream that comes in pieces of one size, and of its end.</summary>
    public static IReadOnlyList<StreamEvent> Decode(byte[] body, int piece = int.MaxValue, AnswerLosses? losses = null)
    {
        var events = new List<StreamEvent>();
        var decoder = new AwsConverseStreamDecoder(losses ?? new AnswerLosses());
        using var reader = new AwsEventStreamFrameReader();
        for (int at = 0; at < body.Length; at += piece)
        {
            SseCutter.Feed(reader, body.AsSpan(at, Math.Min(piece, body.Length - at)));
            while (reader.TryRead(out Frame frame))
            {
                decoder.Decode(frame, events);
            }

            if (piece == int.MaxValue)
            {
                break;
            }
        }

        if (!decoder.Ended)
        {
            decoder.Complete(events);
        }

        return events;
    }

    public static ChatResponse Fold(IEnumerable<StreamEvent> events)
    {
        var whole = new StreamAccumulator();
        foreach (StreamEvent one in events)
        {
            whole.Add(one);
        }

        return whole.Error is { } error ? throw new GatewayException(error) : whole.ToResponse();
    }

    public static ChatResponse Whole(string body) =>
        AwsConverseResponseDecoder.Decode(Encoding.UTF8.GetBytes(body), new AnswerLosses());
}
