using Lightport.Conversation;

namespace Lightport.Enrichment.Rounds;

/// <summary>What the model said in one round, gathered from its events: just what goes back to its provider.</summary>
/// <param name="promptTokens">The length of what it was asked, guessed.</param>
internal sealed class RoundTurn(long promptTokens)
{
    private readonly UsageEstimator _estimator = new(promptTokens);
    private readonly SortedDictionary<int, PartBuilder> _open = [];
    private readonly SortedDictionary<int, ContentPart> _parts = [];

    /// <summary>In the order in which they began.</summary>
    public IEnumerable<ContentPart> Parts => _parts.Values;

    public Finish? Finish { get; set; }

    /// <summary>As its provider has told it; guessed where that cannot be, null where it has told none.</summary>
    public TokenUsage? Usage
    {
        get => field is null ? null : _estimator.Settle(field, complete: true);
        set;
    }

    public void Add(StreamEvent.PartEvent piece)
    {
        _estimator.Add(piece);
        if (piece is StreamEvent.PartStart start)
        {
            _open[start.Index] = new PartBuilder(start.Part);
            return;
        }

        if (!_open.TryGetValue(piece.Index, out PartBuilder? part))
        {
            return;
        }

        part.Add(piece);
        if (piece is StreamEvent.PartEnd)
        {
            End(piece.Index, part);
        }
    }

    /// <summary>The part of that index, once it is complete.</summary>
    public ContentPart? Find(int index) => _parts.GetValueOrDefault(index);

    /// <summary>Parts that nobody ended end with the answer.</summary>
    public void EndAll()
    {
        foreach ((int index, PartBuilder part) in _open.ToArray())
        {
            End(index, part);
        }
    }

    private void End(int index, PartBuilder part)
    {
        _parts[index] = part.Build();
        _open.Remove(index);
    }
}
