using Lightport.Cel.Values;

namespace Lightport.Cel.Evaluation;

/// <summary><c>or</c>, <c>orValue</c>: the other is evaluated only where the optional is none.</summary>
internal sealed class OptionalOrNode(Node target, Node other, bool isValue) : Node
{
    public override IReadOnlyList<Node> Children { get; } = [target, other];

    public override CelValue Evaluate(ref Frame frame)
    {
        CelValue optional = target.Evaluate(ref frame);
        return optional.Kind != CelKind.Optional
            ? optional.IsError ? optional : Failure.NoOverload(isValue ? "orValue" : "or", optional)
            : !optional.Inside.HasValue ? other.Evaluate(ref frame)
            : isValue ? optional.Inside.Value
            : optional;
    }
}
