using Lightport.Limits;

namespace Lightport.Exchanges.Limits;

/// <summary>What is held of several counters, each with what it counts.</summary>
internal sealed class HoldList
{
    private readonly List<(LimitHold Hold, LimitMeasure Measure)> _holds = new(2);

    public IReadOnlyList<(LimitHold Hold, LimitMeasure Measure)> All => _holds;

    public void Add(LimitHold hold, LimitMeasure measure) => _holds.Add((hold, measure));

    /// <summary>Nothing was used: all is given back.</summary>
    public void Release()
    {
        for (int i = 0; i < _holds.Count; i++)
        {
            _holds[i].Hold.Settle(0);
        }
    }
}
