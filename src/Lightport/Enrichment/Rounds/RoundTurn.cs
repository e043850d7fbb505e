using Lightport.Conversation;

namespace Lightport.Enrichment.Rounds;

/// <summary>What the model said in one round, gathered from its events: just what goes back to its provider.</summary>
/// <param name="promptTokens">The length of what it was asked, guessed.</param>
/// <param name="take">Takes memory for so many more characters, and throws where there is none.</param>
internal sealed class RoundTurn(long promptTokens, Action<int> take)
{
    /// <summary>
    /// The longest, in characters, with what each piece takes beside its own: as long as a whole answer may be.
    /// </summary>
    private const long Longest = 104_857_600;

    private const int PieceCost = 32;

    /// <summary>
    /// Memory is taken in steps of so many characters: no turn that is usual takes any, and many long ones at once
    /// take no more than there is.
    /// </summary>
    private const int Step = 1_048_576;

    private readonly UsageEstimator _estimator = new(promptTokens);
    private readonly SortedDictionary<int, PartBuilder> _open = [];
    private readonly SortedDictionary<int, ContentPart> _parts = [];
    private long _length;
    private long _taken = Step;

    /// <summary>In the order in which they began.</summary>
    public IEnumerable<ContentPart> Parts => _parts.Values;

    public Finish? Finish { get; set; }

    /// <summary>As its provider has told it; guessed where that cannot be, null where it has told none.</summary>
    public TokenUsage? Usage
    {
        get => field is null ? null : _estimator.Settle(field, complete: true);
        set;
    }

    /// <exception cref="GatewayException">It is longer than any answer, or than there is memory for.</exception>
    public void Add(StreamEvent.PartEvent piece)
    {
        _length += PieceCost + LengthOf(piece);
        if (_length > Longest)
        {
            throw GatewayException.BadUpstream($"The provider's answer is longer than {Longest} characters.");
        }

        for (; _length > _taken; _taken += Step)
        {
            take(Step);
        }

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

    private static int LengthOf(StreamEvent.PartEvent piece) => piece switch
    {
        StreamEvent.TextDelta text => text.Text.Length,
        StreamEvent.RefusalDelta refusal => refusal.Text.Length,
        StreamEvent.ReasoningDelta reasoning => reasoning.Text.Length,
        StreamEvent.ToolCallDelta call => call.Arguments.Length,
        StreamEvent.MediaDelta media => (media.Data?.Length ?? 0) + (media.Transcript?.Length ?? 0),
        _ => 0,
    };

    private void End(int index, PartBuilder part)
    {
        _parts[index] = part.Build();
        _open.Remove(index);
    }
}
