using Lightport.Conversation;

namespace Lightport.Enrichment.Rounds;

/// <summary>What a client is told of one round: parts of the model's and of the gateway's, in one row.</summary>
internal sealed class ToldParts
{
    private readonly List<ToldPart> _parts = [];
    private readonly Dictionary<int, int> _indexes = [];

    /// <summary>Whether a part of the model's has begun to be told.</summary>
    public bool Has(int source) => _indexes.ContainsKey(source);

    /// <summary>Tells a part of the gateway's.</summary>
    /// <returns>The part's index for the client.</returns>
    public int Add(ContentPart part)
    {
        _parts.Add(new ToldPart(null, part));
        return _parts.Count - 1;
    }

    /// <summary>The client's index of a part of the model's, which gets one where it has none.</summary>
    /// <param name="source">The part's index in what the model says.</param>
    /// <param name="form">How the client is told it, where that is another way than the model's; else null.</param>
    public int IndexOf(int source, Func<ContentPart, ContentPart>? form)
    {
        if (!_indexes.TryGetValue(source, out int index))
        {
            _indexes.Add(source, index = _parts.Count);
            _parts.Add(new ToldPart(source, null) { Form = form });
        }

        return index;
    }

    /// <summary>Puts words before those of a part that is being told.</summary>
    public void Precede(int source, TextPart words) =>
        _parts[_indexes[source]] = _parts[_indexes[source]] with { Part = words };

    /// <summary>All of it, in the client's order.</summary>
    /// <param name="turn">What the model said, complete.</param>
    public IReadOnlyList<ContentPart> Of(RoundTurn turn)
    {
        var told = new List<ContentPart>(_parts.Count);
        foreach (ToldPart part in _parts)
        {
            if (part.Part is { } own)
            {
                told.Add(own);
            }

            if (part.Source is { } source && turn.Find(source) is { } said)
            {
                told.Add(part.Form is { } form ? form(said) : said);
            }
        }

        return told;
    }

    /// <param name="Source">The index of the model's part.</param>
    /// <param name="Part">The gateway's part, or its words before the model's.</param>
    private readonly record struct ToldPart(int? Source, ContentPart? Part)
    {
        public Func<ContentPart, ContentPart>? Form { get; init; }
    }
}
