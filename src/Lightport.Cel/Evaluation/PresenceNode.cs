namespace Lightport.Cel.Evaluation;

/// <summary><c>has(operand.field)</c>.</summary>
internal sealed class PresenceNode(Node operand, string field) : Node
{
    public Node Operand { get; } = operand;

    public string Field { get; } = field;

    public override IReadOnlyList<Node> Children { get; } = [operand];

    public override CelValue Evaluate(ref Frame frame)
    {
        CelValue operand = Operand.Evaluate(ref frame);
        if (operand.Kind == CelKind.Optional)
        {
            if (!operand.Inside.HasValue)
            {
                return CelValue.False;
            }

            operand = operand.Inside.Value;
        }

        return Lookup.Field(operand, Field) is not { } value ? CelValue.False
            : value.IsError ? value
            : CelValue.True;
    }
}
