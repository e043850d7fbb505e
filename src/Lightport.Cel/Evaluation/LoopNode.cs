namespace Lightport.Cel.Evaluation;

/// <summary>A macro over a list or a map. Its work is bounded by what it goes over, and by the meter.</summary>
internal abstract class LoopNode(Loop loop) : Node
{
    public Loop Loop { get; } = loop;

    public override IReadOnlyList<Node> Children { get; } = loop.Condition is null
        ? [loop.Range, loop.Body] : [loop.Range, loop.Condition, loop.Body];

    /// <summary>Its variables are not known until it runs.</summary>
    public override bool IsPure => false;

    /// <summary>Puts the next element into the variables.</summary>
    /// <returns>Whether there is one, and it may be looked at.</returns>
    protected bool Advance(ref Cursor cursor, ref Frame frame)
    {
        if (!cursor.MoveNext() || !frame.Meter.Spend(1))
        {
            return false;
        }

        frame.Locals[Loop.First] = Loop.Second is null ? cursor.Only : cursor.Key;
        if (Loop.Second is { } second)
        {
            frame.Locals[second] = cursor.Value;
        }

        return true;
    }

    /// <summary>Whether the element is passed over; an error where that cannot be told.</summary>
    protected CelValue IsChosen(ref Frame frame)
    {
        CelValue chosen = Loop.Condition?.Evaluate(ref frame) ?? CelValue.True;
        return chosen.Kind == CelKind.Bool || chosen.IsError ? chosen
            : CelValue.Error("a macro's condition is neither true nor false");
    }
}
