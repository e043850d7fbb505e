namespace Lightport.Cel.Evaluation;

/// <summary>A value that is known when the expression is compiled; an error where it is known to fail.</summary>
internal sealed class ConstantNode(CelValue value) : Node
{
    public CelValue Value { get; } = value;

    public override CelValue Evaluate(ref Frame frame) => Value;
}
