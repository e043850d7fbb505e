namespace Lightport.Cel.Evaluation;

/// <summary><c>map</c>, <c>filter</c>, <c>transformList</c>: a list of what is made of the chosen.</summary>
internal sealed class ListLoopNode(Loop loop) : LoopNode(loop)
{
    public override CelValue Evaluate(ref Frame frame)
    {
        if (Cursor.TryOver(Loop.Range.Evaluate(ref frame), out Cursor cursor) is { } refusal)
        {
            return refusal;
        }

        List<CelValue> made = [];
        while (Advance(ref cursor, ref frame))
        {
            CelValue value = IsChosen(ref frame);
            if (value.IsTrue)
            {
                value = Loop.Body.Evaluate(ref frame);
                made.Add(value);
            }

            if (value.IsError)
            {
                return value;
            }
        }

        return CelValue.Of(new CelList([.. made]));
    }
}
