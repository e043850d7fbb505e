using System.Globalization;

namespace Lightport.Routing.Selection;

/// <summary>
/// Requests of one session go to one target, whose prompt cache is warm for them, and where it fails to one and the
/// same other.
/// </summary>
/// <param name="by">What a session is.</param>
internal sealed class StickySelection(AffinityKey by) : RankedSelection
{
    public override string Name => "sticky";

    public override AffinityKey? By => by;

    public override string Why(Target target, in SelectionContext context)
    {
        string word = SelectionPolicies.WordOf(by);
        return string.Create(CultureInfo.InvariantCulture, $"by {word}, weight {target.Weight}");
    }

    protected override Rank RankOf(Target target, in SelectionContext context) =>
        new(WeightedDraw.Delay(Rendezvous.Number(context.AffinityBy(by), target), target.Weight));
}
