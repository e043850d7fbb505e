using System.Diagnostics.CodeAnalysis;
using Lightport.Conversation;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// What waits for the open tool call to end, in the order of its beginning: each other call with all that is told of
/// it, and between them what belongs to no call. Every event is put in its place once, however many calls are told at
/// the same time.
/// </summary>
internal sealed class AnthropicMessagesWaiting
{
    private readonly Queue<Queue<StreamEvent>> _groups = new();
    private readonly Dictionary<int, Queue<StreamEvent>> _calls = [];

    /// <summary>The last group, where it is of no call, so that more may be added to it.</summary>
    private Queue<StreamEvent>? _loose;

    public void Add(StreamEvent streamEvent)
    {
        if (streamEvent is StreamEvent.ToolCallStart call)
        {
            _loose = null;
            _calls[call.Index] = Group();
            _calls[call.Index].Enqueue(streamEvent);
        }
        else if (CallOf(streamEvent) is { } index && _calls.TryGetValue(index, out Queue<StreamEvent>? told))
        {
            told.Enqueue(streamEvent);
        }
        else
        {
            (_loose ??= Group()).Enqueue(streamEvent);
        }
    }

    /// <summary>Takes the group that has waited longest: one call's events, or some that are of no call.</summary>
    public bool TryTake([NotNullWhen(true)] out Queue<StreamEvent>? group)
    {
        if (!_groups.TryDequeue(out group))
        {
            return false;
        }

        if (group == _loose)
        {
            _loose = null;
        }
        else if (group.Peek() is StreamEvent.ToolCallStart call)
        {
            _calls.Remove(call.Index);
        }

        return true;
    }

    private Queue<StreamEvent> Group()
    {
        var group = new Queue<StreamEvent>();
        _groups.Enqueue(group);
        return group;
    }

    private static int? CallOf(StreamEvent streamEvent) => streamEvent switch
    {
        StreamEvent.ToolCallDelta delta => delta.Index,
        StreamEvent.ToolCallEnd end => end.Index,
        _ => null,
    };
}
