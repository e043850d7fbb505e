using Lightport.Routing;
using Lightport.Routing.Selection;

namespace Lightport.Configuration.Reading;

/// <summary>What the names of an entry come to.</summary>
/// <param name="Own">What the entry's selection puts in order.</param>
/// <param name="Fallbacks">What is tried after those.</param>
internal sealed record TargetGroup(IReadOnlyList<Target> Own, IReadOnlyList<Target> Fallbacks)
{
    public static TargetGroup None { get; } = new([], []);

    public int Count => Own.Count + Fallbacks.Count;

    /// <summary>The same where another entry leads to it. What is tried as it is written needs no word of it.</summary>
    public TargetGroup SelectedBy(ISelectionPolicy selection) => selection is OrderedSelection
        ? this
        : this with { Own = [.. Own.Select(target => target with { Selection = selection })] };

    /// <summary>
    /// The route that tries them all. One that says nothing of its order and only stands for another entry has that
    /// one's.
    /// </summary>
    public Route In(Route route) => route with
    {
        Targets = [.. Own, .. Fallbacks],
        Own = Own.Count,
        Selection = route.Selection is OrderedSelection
            && Own is [{ Selection: { } selection }, ..]
            && Own.All(target => target.Selection == selection)
                ? selection
                : route.Selection,
    };
}
