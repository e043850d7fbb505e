using System.Buffers;
using System.Text.Json.Nodes;
using Lightport.Conversation;
using Lightport.Dialects;

namespace Lightport.Strangers.PathChat;

/// <summary>Events in, an array out; or one answer, where no stream was asked for.</summary>
internal sealed class PathChatEncoder(AnswerContext context) : IAnswerEncoder
{
    private readonly StreamAccumulator _whole = new();
    private readonly Dictionary<int, PartBuilder> _calls = [];
    private ChatResponse? _response;
    private TokenUsage _usage = new();
    private bool _began;
    private bool _broke;

    public void Encode(StreamEvent streamEvent, IBufferWriter<byte> output)
    {
        if (streamEvent is StreamEvent.Whole whole)
        {
            _response = whole.Response;
            return;
        }

        _whole.Add(streamEvent);
        if (context.Stream)
        {
            Tell(streamEvent, output);
        }
    }

    public void Complete(IBufferWriter<byte> output)
    {
        if (_broke)
        {
            return;
        }

        ChatResponse response = _response ?? _whole.ToResponse();
        if (!context.Stream)
        {
            PathChatWire.Write(PathChatAnswer.Write(response, context.Model), output);
            return;
        }

        Add(
            new JsonObject
            {
                ["end"] = PathChatWire.End(response.Choices[0].Finish.Reason),
                ["used"] = PathChatWire.Used(_usage),
            },
            output);
        output.Write("]"u8);
    }

    private void Tell(StreamEvent streamEvent, IBufferWriter<byte> output)
    {
        switch (streamEvent)
        {
            case StreamEvent.ResponseStart start when !_began:
                Add(new JsonObject { ["id"] = start.Id, ["model"] = start.Model }, output);
                break;
            case StreamEvent.TextDelta text:
                Add(new JsonObject { ["say"] = text.Text }, output);
                break;
            case StreamEvent.PartStart { Part: ToolCallPart call } start:
                _calls[start.Index] = new PartBuilder(call);
                break;
            case StreamEvent.ToolCallDelta delta:
                _calls[delta.Index].Add(delta);
                break;
            case StreamEvent.PartEnd end when _calls.Remove(end.Index, out PartBuilder? call):
                Add(new JsonObject { ["call"] = PathChatWire.Call((ToolCallPart)call.Build()) }, output);
                break;
            case StreamEvent.UsageKnown known:
                _usage = known.Usage;
                break;
            case StreamEvent.Failed failed:
                Add(PathChatWire.Fault(failed.Error), output);
                output.Write("]"u8);
                _broke = true;
                break;
            default:
                context.Losses.Add(streamEvent);
                break;
        }
    }

    private void Add(JsonObject element, IBufferWriter<byte> output)
    {
        output.Write(_began ? ",\n"u8 : "["u8);
        _began = true;
        PathChatWire.Write(element, output);
    }
}
