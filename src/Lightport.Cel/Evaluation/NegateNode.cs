using Lightport.Cel.Values;

namespace Lightport.Cel.Evaluation;

/// <summary><c>-operand</c>.</summary>
internal sealed class NegateNode(Node operand) : Node
{
    public override IReadOnlyList<Node> Children { get; } = [operand];

    public override CelValue Evaluate(ref Frame frame) => Arithmetic.Negate(operand.Evaluate(ref frame));
}
