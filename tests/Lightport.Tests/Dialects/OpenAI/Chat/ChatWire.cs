using System.Buffers;
using System.Text;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Dialects.OpenAI.Chat;
using Lightport.Transport.Framing;

namespace Lightport.Tests.Dialects.OpenAI.Chat;

/// <summary>Short words for what the chat tests do over and over.</summary>
internal static class ChatWire
{
    public static readonly ICoders Dialect = new ChatCoders();

    public static AnswerContext Context(bool includeUsage = false) => new()
    {
        RequestId = "req1",
        Model = "route-model",
        Created = 1700000000,
        IncludeUsage = includeUsage,
    };

    public static ChatRequest DecodeRequest(string json) => Dialect.DecodeRequest(Encoding.UTF8.GetBytes(json));

    public static GatewayError RefusedRequest(string json) =>
        Assert.Throws<GatewayException>(() => DecodeRequest(json)).Error;

    public static string EncodeRequest(ChatRequest request, TargetTraits? traits = null, LossLedger? losses = null)
    {
        var output = new ArrayBufferWriter<byte>();
        Dialect.EncodeRequest(
            request,
            new EncodingContext
            {
                Model = "upstream-model",
                Traits = traits ?? TargetTraits.Default,
                Losses = losses ?? new LossLedger(null, "test/target"),
            },
            output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public static ChatResponse DecodeResponse(string json) => Dialect.DecodeResponse(Encoding.UTF8.GetBytes(json));

    public static string EncodeResponse(ChatResponse response, AnswerContext? context = null)
    {
        var output = new ArrayBufferWriter<byte>();
        Dialect.EncodeResponse(response, context ?? Context(), output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>Decodes a whole stream, handed over in pieces of the given size.</summary>
    public static List<StreamEvent> DecodeStream(string sse, int piece = int.MaxValue, IAnswerDecoder? decoder = null)
    {
        decoder ??= Dialect.CreateStreamDecoder();
        var events = new List<StreamEvent>();
        Frames(Encoding.UTF8.GetBytes(sse), piece, (in Frame frame) => decoder.Decode(frame, events));
        decoder.Complete(events);
        return events;
    }

    public static string EncodeStream(
        IEnumerable<StreamEvent> events, bool includeUsage = false, IAnswerEncoder? encoder = null)
    {
        encoder ??= Dialect.CreateStreamEncoder(Context(includeUsage));
        var output = new ArrayBufferWriter<byte>();
        foreach (StreamEvent streamEvent in events)
        {
            encoder.Encode(streamEvent, output);
        }

        encoder.Complete(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public static StreamAccumulator Fold(IEnumerable<StreamEvent> events)
    {
        var accumulator = new StreamAccumulator();
        foreach (StreamEvent streamEvent in events)
        {
            accumulator.Add(streamEvent);
        }

        return accumulator;
    }

    public static AnswerRelay Passed(OpenAIChatPassing passing) =>
        new OpenAIChatRelay(passing, OpenAIChatAnswerShape.Chat);

    public static string Relay(AnswerRelay relay, string sse, int piece = int.MaxValue)
    {
        var output = new ArrayBufferWriter<byte>();
        Frames(Encoding.UTF8.GetBytes(sse), piece, (in Frame frame) => relay.Push(frame, output));
        relay.Complete(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public delegate void FrameAction(in Frame frame);

    public static void Frames(ReadOnlySpan<byte> body, int piece, FrameAction action)
    {
        using var reader = new SseFrameReader();
        while (!body.IsEmpty)
        {
            int count = Math.Min(piece, body.Length);
            body[..count].CopyTo(reader.GetMemory(count).Span);
            reader.Advance(count);
            body = body[count..];
            while (reader.TryRead(out Frame frame))
            {
                action(frame);
            }
        }

        if (reader.TryReadLast(out Frame last))
        {
            action(last);
        }
    }
}
