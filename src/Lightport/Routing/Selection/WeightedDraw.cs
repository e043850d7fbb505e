namespace Lightport.Routing.Selection;

/// <summary>
/// Draws targets by their weights, one after another, all in one pass: each gets an exponential delay of which the
/// weight is the rate, and the shortest is drawn first (Efraimidis and Spirakis,
/// https://doi.org/10.1016/j.ipl.2005.11.003). Where the number comes out of a hash instead of chance, it is weighted
/// rendezvous hashing (https://datatracker.ietf.org/doc/html/draft-ietf-bess-weighted-hrw).
/// </summary>
internal static class WeightedDraw
{
    /// <param name="number">Above 0, up to 1.</param>
    /// <param name="weight">Above 0.</param>
    public static double Delay(double number, int weight) => -Math.Log(number) / weight;

    /// <summary>By chance.</summary>
    public static double Delay(Target target, in SelectionContext context) =>
        Delay(1 - context.NextRandom(), target.Weight);
}
