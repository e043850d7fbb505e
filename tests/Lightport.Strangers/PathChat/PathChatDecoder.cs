using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Transport.Framing;

namespace Lightport.Strangers.PathChat;

/// <summary>An element of the array in, events out.</summary>
internal sealed class PathChatDecoder : IAnswerDecoder
{
    private readonly AnswerParts _parts = new(choice: 0);

    public bool Ended { get; private set; }

    public void Decode(in Frame frame, List<StreamEvent> events)
    {
        JsonNode? piece = PathChatWire.Parse(frame.Data);
        if (piece is null || PathChatWire.ReadFault(piece, ErrorStage.Stream) is not null)
        {
            events.Add(new StreamEvent.Failed(PathChatWire.ReadFault(piece, ErrorStage.Stream)
                ?? GatewayError.BadUpstream("An element is no JSON.", ErrorStage.Stream)));
            return;
        }

        if (piece["id"] is { } id)
        {
            events.Add(new StreamEvent.ResponseStart((string)id!, (string)piece["model"]!, 0));
        }

        if (piece["say"] is { } say)
        {
            _parts.TellText((string)say!, events);
        }

        if (piece["call"] is { } said)
        {
            ToolCallPart call = PathChatWire.Call(said);
            int index = _parts.Begin(call with { Arguments = "" }, events);
            _parts.TellArguments(index, call.Arguments, events);
            _parts.End(index, events);
        }

        if (piece["end"] is { } end)
        {
            _parts.EndRunning(events);
            if (PathChatWire.Used(piece["used"]) is { } used)
            {
                events.Add(new StreamEvent.UsageKnown(used));
            }

            events.Add(new StreamEvent.ResponseEnd(PathChatWire.End((string)end!)));
            Ended = true;
        }
    }

    public void Complete(List<StreamEvent> events)
    {
        if (!Ended)
        {
            events.Add(new StreamEvent.Failed(
                GatewayError.BadUpstream("The array ended before the answer did.", ErrorStage.Stream)));
        }
    }
}
