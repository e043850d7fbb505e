using System.Globalization;

namespace Lightport.Routing.Selection;

/// <summary>
/// In turn, each as often in a round as its weight says and evenly spread over it. Whoever comes after the first is
/// drawn by weight, so that what a target that is down leaves goes to all others and not to its neighbour.
/// </summary>
/// <remarks>
/// A round of as many turns as the weights' sum is walked in strides that share no factor with it, and so comes by each
/// place once; strides of the golden section come by places of the same target at even distances. One counter is all
/// that there is to keep, whichever targets a request leaves.
/// </remarks>
internal sealed class RoundRobinSelection : RankedSelection
{
    private const double GoldenSection = 0.6180339887498949;

    private long _turns = -1;

    public override string Name => "round-robin";

    public override IReadOnlyList<Target> Order(IReadOnlyList<Target> targets, in SelectionContext context)
    {
        Target[] order = Ranked(targets, context);
        long turn = context.Request.OnlyLooks ? Volatile.Read(ref _turns) + 1 : Interlocked.Increment(ref _turns);
        if (InTurn(targets, turn) is { } first)
        {
            Prefer(order, PlaceOf(first, order));
        }

        return order;
    }

    public override string Why(Target target, in SelectionContext context) =>
        string.Create(CultureInfo.InvariantCulture, $"in turn, weight {target.Weight}");

    protected override Rank RankOf(Target target, in SelectionContext context) =>
        new(WeightedDraw.Delay(target, context));

    private static int PlaceOf(Target target, Target[] order)
    {
        int place = 0;
        while (!ReferenceEquals(order[place], target))
        {
            place++;
        }

        return place;
    }

    private static Target? InTurn(IReadOnlyList<Target> targets, long turn)
    {
        int divisor = 0;
        int sum = 0;
        for (int i = 0; i < targets.Count; i++)
        {
            divisor = CommonDivisor(divisor, targets[i].Weight);
            sum += targets[i].Weight;
        }

        if (sum == 0)
        {
            return null;
        }

        int round = sum / divisor;
        long place = turn % round * Stride(round) % round * divisor;
        int index = 0;
        while (place >= targets[index].Weight)
        {
            place -= targets[index++].Weight;
        }

        return targets[index];
    }

    private static int Stride(int round)
    {
        int stride = Math.Max(1, (int)(round * GoldenSection));
        while (CommonDivisor(stride, round) != 1)
        {
            stride++;
        }

        return stride;
    }

    private static int CommonDivisor(int one, int other)
    {
        while (other != 0)
        {
            (one, other) = (other, one % other);
        }

        return one;
    }
}
