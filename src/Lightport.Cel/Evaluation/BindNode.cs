namespace Lightport.Cel.Evaluation;

/// <summary><c>cel.bind</c>, <c>cel.block</c>: values that are evaluated once, and what is made of them.</summary>
/// <param name="slots">Where the values go.</param>
internal sealed class BindNode(int[] slots, Node[] values, Node result) : Node
{
    public int[] Slots { get; } = slots;

    public Node[] Values { get; } = values;

    public Node Result { get; } = result;

    public override IReadOnlyList<Node> Children { get; } = [.. values, result];

    /// <summary>Its variables are not known until it runs.</summary>
    public override bool IsPure => false;

    public override CelValue Evaluate(ref Frame frame)
    {
        for (int index = 0; index < Values.Length; index++)
        {
            frame.Locals[Slots[index]] = Values[index].Evaluate(ref frame);
        }

        return Result.Evaluate(ref frame);
    }
}
