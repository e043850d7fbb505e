using Lightport.Cel.Values;

namespace Lightport.Cel.Evaluation;

/// <summary><c>left == right</c>, <c>left != right</c>.</summary>
internal sealed class EqualNode(Node left, Node right, bool isNegated) : Node
{
    public bool IsNegated { get; } = isNegated;

    public override IReadOnlyList<Node> Children { get; } = [left, right];

    public override CelValue Evaluate(ref Frame frame)
    {
        CelValue first = left.Evaluate(ref frame);
        CelValue equal = first.IsError ? first : Equality.Compare(first, right.Evaluate(ref frame), frame.Meter);
        return equal.IsError || !IsNegated ? equal : CelValue.Of(!equal.IsTrue);
    }
}
