namespace Lightport.Dialects;

/// <summary>What a request says of one number, in all places where it may stand.</summary>
/// <param name="Most">The largest above zero; null where none is said.</param>
/// <param name="IsUnclear">Something stands there that one server may read as another number than the next.</param>
internal readonly record struct SaidNumber(long? Most, bool IsUnclear)
{
    /// <summary>Both are said, and whichever is more may count.</summary>
    public SaidNumber And(in SaidNumber other) =>
        new(Most > other.Most ? Most : other.Most ?? Most, IsUnclear || other.IsUnclear);
}
