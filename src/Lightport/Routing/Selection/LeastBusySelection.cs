using System.Globalization;

namespace Lightport.Routing.Selection;

/// <summary>
/// The target with the fewest calls in flight for its weight; of those that have equally few one by chance, so that
/// instances that know nothing of each other do not all go to the same. A target that has just come back from an outage
/// has none, and is taken for busier than it is, or all would go there at once.
/// </summary>
internal sealed class LeastBusySelection : RankedSelection
{
    public static LeastBusySelection Instance { get; } = new();

    public override string Name => "least-busy";

    public override string Why(Target target, in SelectionContext context) => string.Create(
        CultureInfo.InvariantCulture, $"{context.StateOf(target).InFlight} in flight, weight {target.Weight}");

    protected override Rank RankOf(Target target, in SelectionContext context) =>
        new(context.StateOf(target).Busyness / target.Weight, WeightedDraw.Delay(target, context));
}
