using Lightport.Cel.Values;

namespace Lightport.Cel.Evaluation;

/// <summary><c>operand.field</c>, <c>operand.?field</c>; of an optional operand the result is optional too.</summary>
internal sealed class SelectNode(Node operand, string field, bool isOptional) : Node
{
    public Node Operand { get; } = operand;

    public string Field { get; } = field;

    public bool IsOptional { get; } = isOptional;

    public override IReadOnlyList<Node> Children { get; } = [operand];

    public override CelValue Evaluate(ref Frame frame)
    {
        CelValue operand = Operand.Evaluate(ref frame);
        bool isOptional = IsOptional;
        if (operand.Kind == CelKind.Optional)
        {
            if (!operand.Inside.HasValue)
            {
                return operand;
            }

            operand = operand.Inside.Value;
            isOptional = true;
        }

        CelValue? found = Lookup.Field(operand, Field);
        return !isOptional ? found ?? Failure.NoKey(Field)
            : found is not { } value ? Perhaps.None
            : value.IsError ? value
            : Perhaps.Of(value);
    }
}
