using Lightport.Cel.Values;

namespace Lightport.Cel.Evaluation;

/// <summary>
/// All of its operands, or one of them. An operand that settles it does so whatever the others are, errors included:
/// <c>false &amp;&amp; 1/0 > 1</c> and <c>1/0 > 1 &amp;&amp; false</c> are both false.
/// </summary>
internal sealed class LogicNode(bool isAnd, Node[] operands) : Node
{
    private readonly Node[] _operands = operands;

    public bool IsAnd { get; } = isAnd;

    public override IReadOnlyList<Node> Children => _operands;

    public override CelValue Evaluate(ref Frame frame)
    {
        CelValue failure = default;
        foreach (Node operand in _operands)
        {
            CelValue value = operand.Evaluate(ref frame);
            if (value.Kind != CelKind.Bool)
            {
                failure = failure.IsError ? failure
                    : value.IsError ? value
                    : Failure.NoOverload(IsAnd ? "_&&_" : "_||_", value);
            }
            else if (value.IsTrue != IsAnd)
            {
                return value;
            }
        }

        return failure.IsError ? failure : CelValue.Of(IsAnd);
    }
}
