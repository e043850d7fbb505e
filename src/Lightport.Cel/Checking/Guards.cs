using Lightport.Cel.Evaluation;

namespace Lightport.Cel.Checking;

/// <summary>Which paths are there for certain once a condition has come out one way.</summary>
internal static class Guards
{
    /// <returns>The paths' identities.</returns>
    public static IEnumerable<string> Where(Node condition, bool isTrue, Func<Node, ReadPath?> pathOf)
    {
        switch (condition)
        {
            case PresenceNode has when isTrue:
                return Identities(pathOf(has.Operand)?.Field(has.Field));
            case InNode { Item: ConstantNode } contains when isTrue:
                return Identities(pathOf(contains.Container)?.Item(contains.Item));
            case NotNode not:
                return Where(not.Operand, !isTrue, pathOf);
            case LogicNode logic when logic.IsAnd == isTrue:
                return logic.Children.SelectMany(operand => Where(operand, isTrue, pathOf));
            default:
                return [];
        }
    }

    private static IEnumerable<string> Identities(ReadPath? path) => path?.Identity is { } identity ? [identity] : [];
}
