using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Dialects.Anthropic.Messages;
using Lightport.Transport.Framing;

namespace Lightport.Tests.Dialects.Anthropic.Messages;

/// <summary>Bodies in and out of the dialect, as text and as JSON.</summary>
internal static class Wire
{
    public static ICoders Dialect { get; } = new MessagesCoders();

    public static AnswerContext Context { get; } = new() { RequestId = "req1", Model = "asked-model", Created = 1 };

    public static ChatRequest DecodeRequest(string json) => Dialect.DecodeRequest(Encoding.UTF8.GetBytes(json));

    public static GatewayError RefusedRequest(string json) =>
        Assert.Throws<GatewayException>(() => DecodeRequest(json)).Error;

    public static ChatRequest Chat(params Message[] messages) =>
        new() { Model = "m", Dialect = DialectIds.OpenAIChat, Messages = messages };

    public static ChatRequest Chat(GenerationOptions options, params Message[] messages) =>
        new() { Model = "m", Dialect = DialectIds.OpenAIChat, Messages = messages, Options = options };

    public static Message User(string text) => new(Role.User, [new TextPart(text)]);

    public static JsonObject Encode(ChatRequest request, TargetTraits? traits = null) =>
        Encode(request, traits, out _);

    public static JsonObject Encode(ChatRequest request, TargetTraits? traits, out EncodingContext context)
    {
        context = new EncodingContext
        {
            Model = request.Model,
            Traits = traits ?? TargetTraits.Default,
            Losses = new LossLedger(null, "anthropic/m"),
        };
        var output = new ArrayBufferWriter<byte>();
        Dialect.EncodeRequest(request, context, output);
        return JsonNode.Parse(output.WrittenSpan)!.AsObject();
    }

    public static ChatResponse DecodeResponse(string json) => Dialect.DecodeResponse(Encoding.UTF8.GetBytes(json));

    public static JsonObject Encode(ChatResponse response, AnswerContext? context = null)
    {
        var output = new ArrayBufferWriter<byte>();
        Dialect.EncodeResponse(response, context ?? Context, output);
        return JsonNode.Parse(output.WrittenSpan)!.AsObject();
    }

    public static List<StreamEvent> Decode(string sse, int piece = int.MaxValue)
    {
        IAnswerDecoder decoder = Dialect.CreateStreamDecoder();
        var events = new List<StreamEvent>();
        foreach (byte[] bytes in Pieces(Encoding.UTF8.GetBytes(sse), piece, out SseFrameReader reader))
        {
            bytes.CopyTo(reader.GetMemory(bytes.Length));
            reader.Advance(bytes.Length);
            while (reader.TryRead(out Frame frame))
            {
                decoder.Decode(frame, events);
            }
        }

        decoder.Complete(events);
        return events;
    }

    public static ChatResponse Fold(IEnumerable<StreamEvent> events) => Accumulate(events).ToResponse();

    public static StreamAccumulator Accumulate(IEnumerable<StreamEvent> events)
    {
        var accumulator = new StreamAccumulator();
        foreach (StreamEvent streamEvent in events)
        {
            accumulator.Add(streamEvent);
        }

        return accumulator;
    }

    public static string EncodeStream(IEnumerable<StreamEvent> events, AnswerContext? context = null)
    {
        IAnswerEncoder encoder = Dialect.CreateStreamEncoder(context ?? Context);
        var output = new ArrayBufferWriter<byte>();
        foreach (StreamEvent streamEvent in events)
        {
            encoder.Encode(streamEvent, output);
        }

        encoder.Complete(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public static (string Output, AnswerRelay Relay) Relay(string sse, int piece = int.MaxValue)
    {
        var relay = new AnthropicMessagesRelay();
        var output = new ArrayBufferWriter<byte>();
        foreach (byte[] bytes in Pieces(Encoding.UTF8.GetBytes(sse), piece, out SseFrameReader reader))
        {
            bytes.CopyTo(reader.GetMemory(bytes.Length));
            reader.Advance(bytes.Length);
            while (reader.TryRead(out Frame frame))
            {
                relay.Push(frame, output);
            }
        }

        relay.Complete(output);
        return (Encoding.UTF8.GetString(output.WrittenSpan), relay);
    }

    public static void Same(string expected, JsonNode? actual) => Same(JsonNode.Parse(expected), actual);

    public static void Same(JsonNode? expected, JsonNode? actual)
    {
        if (!JsonNode.DeepEquals(expected, actual))
        {
            Assert.Equal(expected?.ToString(), actual?.ToString());
        }
    }

    private static IEnumerable<byte[]> Pieces(byte[] bytes, int size, out SseFrameReader reader)
    {
        reader = new SseFrameReader();
        return bytes.Chunk(Math.Min(size, Math.Max(bytes.Length, 1)));
    }
}
