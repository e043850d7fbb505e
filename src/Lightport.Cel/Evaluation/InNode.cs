using Lightport.Cel.Syntax;
using Lightport.Cel.Values;

namespace Lightport.Cel.Evaluation;

/// <summary><c>item in container</c>.</summary>
internal sealed class InNode(Node item, Node container) : Node
{
    public Node Item { get; } = item;

    public Node Container { get; } = container;

    public override IReadOnlyList<Node> Children { get; } = [item, container];

    public override CelValue Evaluate(ref Frame frame)
    {
        CelValue value = Item.Evaluate(ref frame);
        if (value.IsError)
        {
            return value;
        }

        CelValue container = Container.Evaluate(ref frame);
        return container.Kind switch
        {
            CelKind.List => IsIn(container.Items, value, frame.Meter),
            CelKind.Map => CelValue.Of(container.Entries.TryGet(value, out _)),
            CelKind.Error => container,
            _ => Failure.NoOverload(Operators.In, value, container),
        };
    }

    private static CelValue IsIn(CelList list, in CelValue value, CelMeter meter)
    {
        foreach (ref readonly CelValue element in list.Span)
        {
            if (!meter.Spend(1))
            {
                return meter.Refusal();
            }

            if (Equality.AreEqual(element, value, meter))
            {
                return CelValue.True;
            }
        }

        return CelValue.False;
    }
}
