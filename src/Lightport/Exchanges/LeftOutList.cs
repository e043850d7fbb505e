using System.Collections.Immutable;
using Lightport.Usage;

namespace Lightport.Exchanges;

/// <summary>What a request goes on without; several may fail at once.</summary>
internal sealed class LeftOutList
{
    private ImmutableList<LeftOut> _all = ImmutableList<LeftOut>.Empty;

    /// <summary>In the order in which they failed.</summary>
    public IReadOnlyList<LeftOut> All => _all;

    public void Add(LeftOut left) => ImmutableInterlocked.Update(ref _all, (all, one) => all.Add(one), left);
}
