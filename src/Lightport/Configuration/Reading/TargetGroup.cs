using Lightport.Routing;

namespace Lightport.Configuration.Reading;

/// <summary>What the names of an entry come to.</summary>
/// <param name="Own">What the entry's selection puts in order.</param>
/// <param name="Fallbacks">What is tried after those.</param>
internal sealed record TargetGroup(IReadOnlyList<Target> Own, IReadOnlyList<Target> Fallbacks)
{
    public static TargetGroup None { get; } = new([], []);

    public int Count => Own.Count + Fallbacks.Count;

    public static TargetGroup Of(Target target) => new([target], []);

    /// <summary>The route that tries them all.</summary>
    public Route In(Route route) => route with { Targets = [.. Own, .. Fallbacks], Own = Own.Count };
}
