using System.Diagnostics.CodeAnalysis;
using Lightport.Conversation;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// What waits for the open part to end: each other part with all that is told of it, in the order of their beginning.
/// Every event is put in its place once, however many parts are told at the same time.
/// </summary>
internal sealed class AnthropicMessagesWaiting
{
    private readonly Queue<Queue<StreamEvent.PartEvent>> _parts = new();
    private readonly Dictionary<int, Queue<StreamEvent.PartEvent>> _byIndex = [];

    public void Add(StreamEvent.PartEvent piece)
    {
        if (!_byIndex.TryGetValue(piece.Index, out Queue<StreamEvent.PartEvent>? told))
        {
            told = new Queue<StreamEvent.PartEvent>();
            _byIndex.Add(piece.Index, told);
            _parts.Enqueue(told);
        }

        told.Enqueue(piece);
    }

    /// <summary>Takes what has been told of the part that has waited longest.</summary>
    public bool TryTake([NotNullWhen(true)] out Queue<StreamEvent.PartEvent>? told)
    {
        if (!_parts.TryDequeue(out told))
        {
            return false;
        }

        _byIndex.Remove(told.Peek().Index);
        return true;
    }
}
