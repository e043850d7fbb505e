using Lightport.Cel.Values;

namespace Lightport.Cel.Evaluation;

/// <summary><c>[1, ?perhaps]</c>.</summary>
/// <param name="optional">Which are left out where they are none.</param>
internal sealed class ListNode(Node[] elements, bool[] optional) : Node
{
    private readonly Node[] _elements = elements;
    private readonly bool _isWhole = !Array.Exists(optional, isOptional => isOptional);

    public override IReadOnlyList<Node> Children => _elements;

    public override CelValue Evaluate(ref Frame frame)
    {
        CelValue[] values = new CelValue[_elements.Length];
        int count = 0;
        for (int index = 0; index < _elements.Length; index++)
        {
            CelValue value = _elements[index].Evaluate(ref frame);
            bool isLeftOut = false;
            value = optional[index] ? Unwrap(value, out isLeftOut) : value;
            if (value.IsError)
            {
                return value;
            }

            if (!isLeftOut)
            {
                values[count++] = value;
            }
        }

        return !frame.Meter.Spend(1 + count) ? frame.Meter.Refusal()
            : CelValue.Of(new CelList(_isWhole ? values : values[..count]));
    }

    /// <summary>What is in an optional, or the error that something is no optional.</summary>
    internal static CelValue Unwrap(in CelValue value, out bool isNone)
    {
        isNone = value.Kind == CelKind.Optional && !value.Inside.HasValue;
        return isNone || value.IsError ? value
            : value.Kind == CelKind.Optional ? value.Inside.Value
            : CelValue.Error($"an optional value is expected after '?', not one of the kind {Display.KindName(value)}");
    }
}
