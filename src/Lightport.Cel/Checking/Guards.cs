using Lightport.Cel.Evaluation;

namespace Lightport.Cel.Checking;

/// <summary>Which paths are there for certain once a condition has come out one way.</summary>
internal static class Guards
{
    public static IEnumerable<string> Where(Node condition, bool isTrue, Func<Node, string?> pathOf) => condition switch
    {
        PresenceNode has when isTrue && pathOf(has.Operand) is { } path => [Paths.Field(path, has.Field)],
        InNode { Item: ConstantNode } contains when isTrue && pathOf(contains.Container) is { } path =>
            [Paths.Item(path, contains.Item)],
        NotNode not => Where(not.Operand, !isTrue, pathOf),
        LogicNode logic when logic.IsAnd == isTrue =>
            logic.Children.SelectMany(operand => Where(operand, isTrue, pathOf)),
        _ => [],
    };
}
