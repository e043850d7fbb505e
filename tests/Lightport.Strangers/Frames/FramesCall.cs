using System.Text.Json;
using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Transport.Body;
using Lightport.Transport.Framing;

namespace Lightport.Strangers.Frames;

/// <summary>One call; whole answers are JSON, streamed ones binary messages.</summary>
internal sealed class FramesCall(BodySegments body, PooledBuffer memory) : Call(body, memory)
{
    public override Framing Framing => Framing.AwsEventStream;

    public override IAnswerDecoder CreateDecoder() => new FramesDecoder();

    public override ChatResponse ReadWhole(ReadOnlyMemory<byte> body)
    {
        var decoder = new FramesDecoder();
        var events = new List<StreamEvent>();
        foreach (JsonNode? message in JsonNode.Parse(body.Span)!["messages"]!.AsArray())
        {
            decoder.Decode((string)message!["type"]!, message, events);
        }

        decoder.Complete(events);
        var whole = new StreamAccumulator();
        events.ForEach(whole.Add);
        return whole.Error is { } error ? throw new GatewayException(error) : whole.ToResponse();
    }

    public override GatewayError ReadError(int status, ReadOnlySpan<byte> body)
    {
        try
        {
            return FramesDecoder.Error(status, JsonNode.Parse(body)?["message"]?.ToString(), ErrorStage.Upstream);
        }
        catch (JsonException)
        {
            return FramesDecoder.Error(status, null, ErrorStage.Upstream);
        }
    }
}
