namespace Lightport.Cel;

/// <summary>How large an expression may be.</summary>
/// <param name="Characters">UTF-16 units of its text.</param>
/// <param name="Depth">Levels of nesting.</param>
public sealed record CelLimits(int Characters = 16_384, int Depth = 150)
{
    public static CelLimits Default { get; } = new();
}
