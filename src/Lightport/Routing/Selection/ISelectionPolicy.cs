namespace Lightport.Routing.Selection;

/// <summary>Puts targets in the order in which one request tries them.</summary>
public interface ISelectionPolicy
{
    /// <summary>The word after <c>select:</c>.</summary>
    string Name { get; }

    /// <summary>What keeps a request at the target of others; null where nothing does.</summary>
    AffinityKey? By => null;

    /// <summary>Whether a target's weight says how much of the traffic it gets.</summary>
    bool GoesByWeight => false;

    /// <summary>
    /// The targets in the order to try them, each exactly once; called once a request. Those of weight 0 come last.
    /// </summary>
    IReadOnlyList<Target> Order(IReadOnlyList<Target> targets, in SelectionContext context);

    /// <summary>What the place of a target goes by at this moment, in a few words; null where it goes by nothing.
    /// </summary>
    string? Why(Target target, in SelectionContext context) => null;
}
