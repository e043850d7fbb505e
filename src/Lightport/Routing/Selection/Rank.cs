namespace Lightport.Routing.Selection;

/// <summary>What a target's place is put down to.</summary>
/// <param name="Cost">The least is tried first.</param>
/// <param name="Tie">The least of those that cost the same.</param>
internal readonly record struct Rank(double Cost, double Tie = 0) : IComparable<Rank>
{
    /// <summary>After all that have a rank of their own.</summary>
    public static Rank Last { get; } = new(double.PositiveInfinity);

    public int CompareTo(Rank other) => Cost.CompareTo(other.Cost) is not 0 and var order
        ? order
        : Tie.CompareTo(other.Tie);
}
