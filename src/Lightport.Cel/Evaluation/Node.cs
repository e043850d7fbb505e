namespace Lightport.Cel.Evaluation;

/// <summary>A part of a compiled expression.</summary>
internal abstract class Node
{
    /// <summary>The parts that it is made of.</summary>
    public virtual IReadOnlyList<Node> Children => [];

    /// <summary>The same parts always give the same value.</summary>
    public virtual bool IsPure => true;

    public abstract CelValue Evaluate(ref Frame frame);
}
