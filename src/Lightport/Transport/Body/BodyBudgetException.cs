namespace Lightport.Transport.Body;

/// <summary>All bodies in flight together take as much memory as they may.</summary>
/// <param name="passes">Whether it would fit when the others are done; else it is longer than its whole share.</param>
internal sealed class BodyBudgetException(bool passes) : Exception("The memory for bodies in flight is taken.")
{
    public bool Passes { get; } = passes;
}
