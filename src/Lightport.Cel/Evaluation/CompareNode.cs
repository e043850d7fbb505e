using Lightport.Cel.Syntax;
using Lightport.Cel.Values;

namespace Lightport.Cel.Evaluation;

/// <summary><c>left &lt; right</c> and its like.</summary>
internal sealed class CompareNode(string function, Node left, Node right) : Node
{
    public override IReadOnlyList<Node> Children { get; } = [left, right];

    public override CelValue Evaluate(ref Frame frame)
    {
        CelValue first = left.Evaluate(ref frame);
        if (first.IsError)
        {
            return first;
        }

        CelValue second = right.Evaluate(ref frame);
        if (second.IsError)
        {
            return second;
        }

        return Ordering.Of(first, second) switch
        {
            null => Failure.NoOverload(function, first, second),
            Ordering.Unordered => CelValue.False,
            { } order => CelValue.Of(function switch
            {
                Operators.Less => order < 0,
                Operators.LessOrEqual => order <= 0,
                Operators.Greater => order > 0,
                _ => order >= 0,
            }),
        };
    }
}
