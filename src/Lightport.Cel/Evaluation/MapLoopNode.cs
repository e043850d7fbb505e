using Lightport.Cel.Values;

namespace Lightport.Cel.Evaluation;

/// <summary><c>transformMap</c>, and <c>transformMapEntry</c>, whose body makes the entries themselves.</summary>
internal sealed class MapLoopNode(bool isOfEntries, Loop loop) : LoopNode(loop)
{
    public override CelValue Evaluate(ref Frame frame)
    {
        if (Cursor.TryOver(Loop.Range.Evaluate(ref frame), out Cursor cursor) is { } refusal)
        {
            return refusal;
        }

        KeyedMap made = new();
        while (Advance(ref cursor, ref frame))
        {
            CelValue chosen = IsChosen(ref frame);
            CelValue? failure = chosen.IsError ? chosen : chosen.IsTrue ? Add(made, cursor.Key, ref frame) : null;
            if (failure is { } error)
            {
                return error;
            }
        }

        return CelValue.Of(made);
    }

    private CelValue? Add(KeyedMap made, in CelValue key, ref Frame frame)
    {
        CelValue value = Loop.Body.Evaluate(ref frame);
        if (!isOfEntries || value.IsError)
        {
            return made.Refuse(key, value);
        }

        if (value.Kind != CelKind.Map)
        {
            return CelValue.Error($"transformMapEntry makes maps, not a {Display.KindName(value)}");
        }

        foreach (CelValue own in value.Entries.Keys)
        {
            if (!frame.Meter.Spend(1))
            {
                return frame.Meter.Refusal();
            }

            if (value.Entries.TryGet(own, out CelValue entry) && made.Refuse(own, entry) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }
}
