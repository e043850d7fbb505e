namespace Lightport.Cel.Evaluation;

/// <summary>A variable of the host.</summary>
internal sealed class VariableNode(string name, int place) : Node
{
    public string Name { get; } = name;

    public override bool IsPure => false;

    public override CelValue Evaluate(ref Frame frame) => frame.Variable(Name, place);
}
