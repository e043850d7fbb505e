using System.Globalization;

namespace Lightport.Routing.Selection;

/// <summary>
/// The target at which the request costs least, as far as that can be told before; those that cost the same by how busy
/// they are. One whose price is not known may cost anything, and comes last.
/// </summary>
internal sealed class LeastCostSelection : RankedSelection
{
    public static LeastCostSelection Instance { get; } = new();

    public override string Name => "least-cost";

    public override bool GoesByWeight => false;

    public override string Why(Target target, in SelectionContext context) => context.CostAt(target) is { } dollars
        ? string.Create(CultureInfo.InvariantCulture, $"${dollars:0.######} expected")
        : "no known price";

    protected override Rank RankOf(Target target, in SelectionContext context) => new(
        (double)(context.CostAt(target) ?? decimal.MaxValue),
        context.StateOf(target).Busyness + context.NextRandom());
}
