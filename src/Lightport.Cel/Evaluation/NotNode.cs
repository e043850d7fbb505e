using Lightport.Cel.Syntax;
using Lightport.Cel.Values;

namespace Lightport.Cel.Evaluation;

/// <summary><c>!operand</c>.</summary>
internal sealed class NotNode(Node operand) : Node
{
    public Node Operand { get; } = operand;

    public override IReadOnlyList<Node> Children { get; } = [operand];

    public override CelValue Evaluate(ref Frame frame)
    {
        CelValue value = Operand.Evaluate(ref frame);
        return value.Kind == CelKind.Bool ? CelValue.Of(!value.IsTrue)
            : value.IsError ? value
            : Failure.NoOverload(Operators.Not, value);
    }
}
