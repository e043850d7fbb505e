using Lightport.Cel.Functions;
using Lightport.Cel.Values;

namespace Lightport.Cel.Evaluation;

/// <summary><c>text.matches('…')</c>, whose pattern was compiled with the expression.</summary>
internal sealed class MatchNode(Node text, Pattern pattern) : Node
{
    public override IReadOnlyList<Node> Children { get; } = [text];

    public override CelValue Evaluate(ref Frame frame)
    {
        CelValue value = text.Evaluate(ref frame);
        return value.Kind == CelKind.String ? pattern.IsMatch(value.Text, frame.Meter)
            : value.IsError ? value
            : Failure.NoOverload("matches", value);
    }
}
