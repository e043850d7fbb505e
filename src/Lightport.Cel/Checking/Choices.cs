using Lightport.Cel.Evaluation;
using Lightport.Cel.Values;

namespace Lightport.Cel.Checking;

/// <summary>The values that a path must have one of, where an expression is to be true.</summary>
internal static class Choices
{
    /// <param name="path">As <see cref="CelRead.Path"/> writes it.</param>
    /// <returns>Perhaps more than can be; null where any value may do.</returns>
    public static IReadOnlyList<CelValue>? Of(Node condition, string path)
    {
        switch (condition)
        {
            case EqualNode { IsNegated: false, Children: [var left, var right] }:
                return IsAt(left, path) ? ValueOf(right) : IsAt(right, path) ? ValueOf(left) : null;
            case InNode { Container: ConstantNode { Value: { Kind: CelKind.List } list } } among
                when IsAt(among.Item, path):
                return [.. list.Items.Span];
            case LogicNode { IsAnd: true }:
                return condition.Children
                    .Select(operand => Of(operand, path))
                    .Aggregate((found, next) => found is null ? next : next is null ? found : Shared(found, next));
            case LogicNode:
                IReadOnlyList<CelValue>?[] each = [.. condition.Children.Select(operand => Of(operand, path))];
                return Array.TrueForAll(each, found => found is not null)
                    ? [.. each.SelectMany(found => found!)]
                    : null;
            default:
                return null;
        }
    }

    private static CelValue[] Shared(IReadOnlyList<CelValue> found, IReadOnlyList<CelValue> next) =>
        [.. found.Where(value => next.Any(other => !Equality.Compare(value, other, new CelMeter()).IsFalse))];

    private static CelValue[]? ValueOf(Node node) => node is ConstantNode { Value: var value } ? [value] : null;

    private static bool IsAt(Node node, string path) => PathOf(node)?.Shown == path;

    private static ReadPath? PathOf(Node node) => node switch
    {
        VariableNode variable => ReadPath.Of(variable.Name),
        SelectNode { IsOptional: false } select => PathOf(select.Operand)?.Field(select.Field),
        IndexNode { IsOptional: false, Key: ConstantNode } index => PathOf(index.Operand)?.Item(index.Key),
        _ => null,
    };
}
