using Lightport.Limits;

namespace Lightport.Exchanges.Limits;

/// <summary>What is held of several counters.</summary>
internal sealed class HoldList
{
    private readonly List<HeldPart> _parts = new(2);

    public IReadOnlyList<HeldPart> All => _parts;

    public void Add(LimitHold hold, LimitCounter counter, long asked) => _parts.Add(new HeldPart(hold, counter, asked));

    /// <summary>Counts what was used of one, and gives back the rest.</summary>
    public void Settle(int index, long used)
    {
        HeldPart part = _parts[index];
        part.Hold.Settle(used);
        _parts[index] = part with { Used = used };
    }

    /// <summary>Nothing was used: all is given back.</summary>
    public void Release()
    {
        for (int i = 0; i < _parts.Count; i++)
        {
            _parts[i].Hold.Settle(0);
        }
    }
}
