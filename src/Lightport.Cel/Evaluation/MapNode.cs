using Lightport.Cel.Values;

namespace Lightport.Cel.Evaluation;

/// <summary><c>{'key': value, ?'other': perhaps}</c>.</summary>
/// <param name="optional">Which are left out where their value is none.</param>
internal sealed class MapNode(Node[] keys, Node[] values, bool[] optional) : Node
{
    public override IReadOnlyList<Node> Children { get; } = [.. keys, .. values];

    public override CelValue Evaluate(ref Frame frame)
    {
        if (!frame.Meter.Spend(1 + keys.Length))
        {
            return frame.Meter.Refusal();
        }

        KeyedMap map = new();
        for (int index = 0; index < keys.Length; index++)
        {
            CelValue key = keys[index].Evaluate(ref frame);
            CelValue value = values[index].Evaluate(ref frame);
            bool isLeftOut = false;
            value = optional[index] ? ListNode.Unwrap(value, out isLeftOut) : value;
            if (!isLeftOut && map.Refuse(key, value) is { } refusal)
            {
                return refusal;
            }
        }

        return CelValue.Of(map);
    }
}
