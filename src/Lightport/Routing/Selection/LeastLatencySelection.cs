using System.Globalization;
using Lightport.Routing.State;

namespace Lightport.Routing.Selection;

/// <summary>
/// The quicker of two targets that chance picks, by how long each has been taking and how many wait there already. The
/// best of all would be everybody's choice at once until it is the worst (power of two choices,
/// https://www.eecs.harvard.edu/~michaelm/postscripts/handbook2001.pdf); the others follow from quick to slow.
/// </summary>
internal sealed class LeastLatencySelection : RankedSelection
{
    public static LeastLatencySelection Instance { get; } = new();

    public override string Name => "least-latency";

    public override bool GoesByWeight => false;

    public override IReadOnlyList<Target> Order(IReadOnlyList<Target> targets, in SelectionContext context)
    {
        Target[] order = Ranked(targets, context);
        int drawn = order.Length;
        while (drawn > 0 && order[drawn - 1].Weight == 0)
        {
            drawn--;
        }

        if (drawn > 1)
        {
            int one = (int)(context.NextRandom() * drawn);
            int other = (int)(context.NextRandom() * (drawn - 1));
            Prefer(order, Math.Min(one, other < one ? other : other + 1));
        }

        return order;
    }

    public override string Why(Target target, in SelectionContext context)
    {
        double wait = context.StateOf(target).ExpectedWait(context.Request.Stream);
        int inFlight = context.StateOf(target).InFlight;
        return string.Create(CultureInfo.InvariantCulture, $"{wait:0} ms expected, {inFlight} in flight");
    }

    protected override Rank RankOf(Target target, in SelectionContext context)
    {
        TargetState state = context.StateOf(target);
        return new Rank(state.ExpectedWait(context.Request.Stream) * (state.InFlight + 1), context.NextRandom());
    }
}
