namespace Lightport.Routing.Selection;

/// <summary>Puts a route's targets in the order in which one request tries them.</summary>
public interface ISelectionPolicy
{
    /// <summary>The word after <c>select:</c>.</summary>
    string Name { get; }

    /// <summary>
    /// The targets in the order to try them, each at most once and never none; called once a request.
    /// </summary>
    IReadOnlyList<Target> Order(IReadOnlyList<Target> targets, in SelectionContext context);
}
