using Lightport.Cel.Syntax;
using Lightport.Cel.Values;

namespace Lightport.Cel.Evaluation;

/// <summary><c>condition ? then : otherwise</c>, of which one is evaluated.</summary>
internal sealed class ConditionalNode(Node condition, Node then, Node otherwise) : Node
{
    public Node Condition { get; } = condition;

    public Node Then { get; } = then;

    public Node Otherwise { get; } = otherwise;

    public override IReadOnlyList<Node> Children { get; } = [condition, then, otherwise];

    public override CelValue Evaluate(ref Frame frame)
    {
        CelValue value = Condition.Evaluate(ref frame);
        return value.IsTrue ? Then.Evaluate(ref frame)
            : value.IsFalse ? Otherwise.Evaluate(ref frame)
            : value.IsError ? value
            : Failure.NoOverload(Operators.Conditional, value);
    }
}
