namespace Lightport.Cel.Evaluation;

/// <summary>A variable of a macro.</summary>
internal sealed class LocalNode(int slot) : Node
{
    public int Slot { get; } = slot;

    public override bool IsPure => false;

    public override CelValue Evaluate(ref Frame frame) => frame.Locals[Slot];
}
