using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Transport.Framing;

namespace Lightport.Strangers.Frames;

/// <summary>A message in, events out; an exception is a message too.</summary>
internal sealed class FramesDecoder : IAnswerDecoder
{
    private readonly AnswerParts _parts = new(choice: 0);
    private bool _stopped;

    public bool Ended { get; private set; }

    public static GatewayError Error(int status, string? message, ErrorStage stage) => new(
        stage, status == 429 ? ErrorKind.RateLimit : ErrorKind.Upstream, status, message ?? "The provider failed.")
    {
        Retryable = status is 429 or >= 500,
    };

    public void Decode(in Frame frame, List<StreamEvent> events)
    {
        JsonNode? payload;
        try
        {
            payload = JsonNode.Parse(frame.Data);
        }
        catch (JsonException)
        {
            events.Add(new StreamEvent.Failed(GatewayError.BadUpstream("A message is no JSON.", ErrorStage.Stream)));
            return;
        }

        if (AwsEventStreamHeaders.Find(frame.Raw, ":message-type"u8).SequenceEqual("exception"u8))
        {
            int status = frame.Name.SequenceEqual("throttled"u8) ? 429 : 500;
            events.Add(new StreamEvent.Failed(Error(status, (string?)payload?["message"], ErrorStage.Stream)));
            return;
        }

        Decode(Encoding.UTF8.GetString(frame.Name), payload!, events);
    }

    public void Decode(string type, JsonNode payload, List<StreamEvent> events)
    {
        switch (type)
        {
            case "start":
                events.Add(new StreamEvent.ResponseStart((string)payload["id"]!, "frames-model", 0));
                break;
            case "text":
                _parts.TellText((string)payload["t"]!, events);
                break;
            case "call":
                var call = new ToolCallPart((string)payload["id"]!, (string)payload["name"]!, "");
                int index = _parts.Begin(call, events);
                _parts.TellArguments(index, payload["args"]!.ToJsonString(), events);
                _parts.End(index, events);
                break;
            case "stop":
                _parts.EndRunning(events);
                string why = (string)payload["why"]!;
                events.Add(new StreamEvent.ResponseEnd(
                    new Finish(why == "tool" ? FinishReason.ToolCalls : FinishReason.Stop, why)));
                _stopped = true;
                break;
            case "tokens":
                events.Add(new StreamEvent.UsageKnown(
                    new TokenUsage { Input = (long)payload["in"]!, Output = (long)payload["out"]! }));
                Ended = true;
                break;
        }
    }

    public void Complete(List<StreamEvent> events)
    {
        if (!_stopped)
        {
            events.Add(new StreamEvent.Failed(
                GatewayError.BadUpstream("The messages ended before the answer did.", ErrorStage.Stream)));
        }
    }
}
