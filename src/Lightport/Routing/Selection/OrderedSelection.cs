namespace Lightport.Routing.Selection;

/// <summary>As they are written: the first target, and the next only when it failed.</summary>
internal sealed class OrderedSelection : ISelectionPolicy
{
    private OrderedSelection()
    {
    }

    public static OrderedSelection Instance { get; } = new();

    public string Name => "ordered";

    public IReadOnlyList<Target> Order(IReadOnlyList<Target> targets, in SelectionContext context) => targets;
}
