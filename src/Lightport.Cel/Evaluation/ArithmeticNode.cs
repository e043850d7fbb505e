using Lightport.Cel.Values;

namespace Lightport.Cel.Evaluation;

/// <summary>
/// <c>left + right</c> and its like over numbers; other kinds are left to the operator's overloads.
/// </summary>
internal sealed class ArithmeticNode(string function, Node left, Node right, CelOverload[] overloads) : Node
{
    private readonly char _operation = function[1];

    public override IReadOnlyList<Node> Children { get; } = [left, right];

    public override CelValue Evaluate(ref Frame frame)
    {
        CelValue first = left.Evaluate(ref frame);
        if (first.IsError)
        {
            return first;
        }

        CelValue second = right.Evaluate(ref frame);
        return second.IsError ? second
            : first.Kind != second.Kind ? Dispatch.Call(function, overloads, [first, second], frame.Meter)
            : first.Kind switch
            {
                CelKind.Int => Arithmetic.OfInts(_operation, first.Bits, second.Bits),
                CelKind.Uint => Arithmetic.OfUints(_operation, first.Unsigned, second.Unsigned),
                CelKind.Double when _operation != '%' => Arithmetic.OfDoubles(_operation, first.Number, second.Number),
                _ => Dispatch.Call(function, overloads, [first, second], frame.Meter),
            };
    }
}
