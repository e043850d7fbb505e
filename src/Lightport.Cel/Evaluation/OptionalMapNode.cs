using Lightport.Cel.Values;

namespace Lightport.Cel.Evaluation;

/// <summary><c>optMap</c>, <c>optFlatMap</c>: what is made of an optional's value; none of none.</summary>
internal sealed class OptionalMapNode(Node target, int slot, Node body, bool isFlat) : Node
{
    public Node Target { get; } = target;

    public int Slot { get; } = slot;

    public Node Body { get; } = body;

    public override IReadOnlyList<Node> Children { get; } = [target, body];

    /// <summary>Its variable is not known until it runs.</summary>
    public override bool IsPure => false;

    public override CelValue Evaluate(ref Frame frame)
    {
        CelValue optional = Target.Evaluate(ref frame);
        if (optional.Kind != CelKind.Optional)
        {
            return optional.IsError ? optional : Failure.NoOverload(isFlat ? "optFlatMap" : "optMap", optional);
        }

        if (!optional.Inside.HasValue)
        {
            return optional;
        }

        frame.Locals[Slot] = optional.Inside.Value;
        CelValue made = Body.Evaluate(ref frame);
        return isFlat || made.IsError ? made : Perhaps.Of(made);
    }
}
