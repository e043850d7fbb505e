using System.Diagnostics.CodeAnalysis;
using Lightport.Conversation;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// What waits for the open part to end: each other part with all that is told of it, in the order of their beginning.
/// Every event is put in its place once, however many parts are told at the same time, and only so much waits.
/// </summary>
internal sealed class AnthropicMessagesWaiting
{
    private const int MostPieces = 400_000;

    /// <summary>In UTF-16 units.</summary>
    private const int MostText = 16 * 1024 * 1024;

    private readonly Queue<Queue<StreamEvent.PartEvent>> _parts = new();
    private readonly Dictionary<int, Queue<StreamEvent.PartEvent>> _byIndex = [];
    private int _pieces;
    private long _text;

    /// <exception cref="GatewayException">More waits than is held.</exception>
    public void Add(StreamEvent.PartEvent piece)
    {
        _text += LengthOf(piece);
        if (++_pieces > MostPieces || _text > MostText)
        {
            throw GatewayException.BadUpstream(
                "The provider told more parts of its answer at once than can wait for each other.");
        }

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
        _pieces -= told.Count;
        _text -= told.Sum(LengthOf);
        return true;
    }

    private static long LengthOf(StreamEvent.PartEvent piece) => piece switch
    {
        StreamEvent.TextDelta text => text.Text.Length,
        StreamEvent.ReasoningDelta thought => thought.Text.Length,
        StreamEvent.RefusalDelta refusal => refusal.Text.Length,
        StreamEvent.ToolCallDelta call => call.Arguments.Length,
        StreamEvent.MediaDelta media => (media.Data?.Length ?? 0) + (media.Transcript?.Length ?? 0),
        _ => 0,
    };
}
