using Lightport.Cel.Values;

namespace Lightport.Cel.Evaluation;

/// <summary><c>operand[key]</c>, <c>operand[?key]</c>; of an optional operand the result is optional too.</summary>
internal sealed class IndexNode(Node operand, Node key, bool isOptional) : Node
{
    public Node Operand { get; } = operand;

    public Node Key { get; } = key;

    public bool IsOptional { get; } = isOptional;

    public override IReadOnlyList<Node> Children { get; } = [operand, key];

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

        CelValue key = Key.Evaluate(ref frame);
        CelValue? found = Lookup.Item(operand, key);
        return !isOptional ? found ?? Missing(operand, key)
            : found is not { } value ? Perhaps.None
            : value.IsError ? value
            : Perhaps.Of(value);
    }

    private static CelValue Missing(in CelValue operand, in CelValue key) =>
        CelValue.Error(operand.Kind == CelKind.List ? $"index out of range: {key}" : $"no such key: {key}");
}
