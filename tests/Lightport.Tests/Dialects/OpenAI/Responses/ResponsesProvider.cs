using System.Buffers;
using System.Text;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Dialects.OpenAI.Responses;
using Lightport.Tests.Dialects.OpenAI.Chat;
using Lightport.Transport.Framing;

namespace Lightport.Tests.Dialects.OpenAI.Responses;

/// <summary>Short words for what the tests of the provider's side do over and over.</summary>
internal static class ResponsesProvider
{
    public static ChatRequest Request(params IReadOnlyList<Message> messages) =>
        new() { Model = "m", Dialect = DialectIds.AnthropicMessages, Messages = messages };

    public static ChatRequest Ask(GenerationOptions options) =>
        Request(new Message(Role.User, [new TextPart("hi")])) with { Options = options };

    public static string Encode(ChatRequest request, TargetTraits? traits = null, LossLedger? losses = null)
    {
        var output = new ArrayBufferWriter<byte>();
        OpenAIResponsesRequestEncoder.Encode(
            request,
            new EncodingContext
            {
                Model = "upstream-model",
                Account = "openai",
                Traits = traits ?? TargetTraits.Default with { Thinking = ThinkingStyle.None },
                Losses = losses ?? new LossLedger(null, "test/target"),
            },
            output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public static ChatResponse Decode(string json) =>
        OpenAIResponsesResponseDecoder.Decode(Encoding.UTF8.GetBytes(json));

    /// <summary>Decodes a whole stream, handed over in pieces of the given size.</summary>
    public static List<StreamEvent> DecodeStream(string sse, int piece = int.MaxValue)
    {
        var decoder = new OpenAIResponsesStreamDecoder();
        var events = new List<StreamEvent>();
        ChatWire.Frames(Encoding.UTF8.GetBytes(sse), piece, (in Frame frame) => decoder.Decode(frame, events));
        if (!decoder.Ended)
        {
            decoder.Complete(events);
        }

        return events;
    }

    public static string Relay(OpenAIResponsesRelay relay, string sse, int piece = int.MaxValue)
    {
        var output = new ArrayBufferWriter<byte>();
        ChatWire.Frames(Encoding.UTF8.GetBytes(sse), piece, (in Frame frame) => relay.Push(frame, output));
        relay.Complete(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>A stream of these events, each named by its type.</summary>
    public static string Stream(params IEnumerable<string> events) =>
        string.Concat(events.Select(data => $"event: {TypeOf(data)}\ndata: {data}\n\n"));

    private static string TypeOf(string data)
    {
        const string Field = "\"type\":\"";
        int start = data.IndexOf(Field, StringComparison.Ordinal) + Field.Length;
        return data[start..data.IndexOf('"', start)];
    }
}
