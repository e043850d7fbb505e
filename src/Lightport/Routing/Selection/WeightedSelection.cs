using System.Globalization;

namespace Lightport.Routing.Selection;

/// <summary>
/// Each target gets its weight's share of the traffic, as of the weights of those that are left: for tests of one
/// against another, canaries, and quotas.
/// </summary>
/// <param name="by">What keeps a request on the side of others; null draws for each.</param>
internal sealed class WeightedSelection(AffinityKey? by) : RankedSelection
{
    public override string Name => "weighted";

    public override AffinityKey? By => by;

    public override string Why(Target target, in SelectionContext context) =>
        string.Create(CultureInfo.InvariantCulture, $"weight {target.Weight}");

    protected override Rank RankOf(Target target, in SelectionContext context) => new(by is { } key
        ? WeightedDraw.Delay(Rendezvous.Number(context.AffinityBy(key), target), target.Weight)
        : WeightedDraw.Delay(target, context));
}
