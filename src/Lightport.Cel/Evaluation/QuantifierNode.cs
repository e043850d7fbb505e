using Lightport.Cel.Syntax;
using Lightport.Cel.Values;

namespace Lightport.Cel.Evaluation;

/// <summary>
/// <c>all</c> and <c>exists</c>, which an element may settle whatever the others are, errors included;
/// <c>exists_one</c>, which an error ends.
/// </summary>
internal sealed class QuantifierNode(ComprehensionKind kind, Loop loop) : LoopNode(loop)
{
    public override CelValue Evaluate(ref Frame frame)
    {
        if (Cursor.TryOver(Loop.Range.Evaluate(ref frame), out Cursor cursor) is { } refusal)
        {
            return refusal;
        }

        CelValue failure = default;
        int found = 0;
        while (Advance(ref cursor, ref frame))
        {
            CelValue value = Loop.Body.Evaluate(ref frame);
            if (value.Kind != CelKind.Bool)
            {
                failure = failure.IsError ? failure
                    : value.IsError ? value
                    : Failure.NoOverload(kind == ComprehensionKind.All ? "_&&_" : "_||_", value);
                if (kind == ComprehensionKind.ExistsOne)
                {
                    return failure;
                }
            }
            else if (kind == ComprehensionKind.ExistsOne)
            {
                found += value.IsTrue ? 1 : 0;
            }
            else if (value.IsFalse == (kind == ComprehensionKind.All))
            {
                return value;
            }
        }

        return failure.IsError ? failure : CelValue.Of(kind == ComprehensionKind.All || found == 1);
    }
}
