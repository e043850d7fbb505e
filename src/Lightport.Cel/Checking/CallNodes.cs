using Lightport.Cel.Evaluation;
using Lightport.Cel.Functions;
using Lightport.Cel.Syntax;
using Lightport.Cel.Values;

namespace Lightport.Cel.Checking;

/// <summary>A call's node: one of its own for an operator, one that chooses among overloads for a function.</summary>
internal sealed class CallNodes(Compiler compiler)
{
    /// <param name="overloads">Of the function, those of as many parameters.</param>
    public Node Make(Call call, string function, CelOverload[] overloads, Node[] arguments) => arguments switch
    {
        [var operand] when function == Operators.Not => new NotNode(operand),
        [var operand] when function == Operators.Negate => new NegateNode(operand),
        [var left, var right] when MakeOperator(function, left, right, overloads) is { } node => node,
        [var text, ConstantNode { Value: { Kind: CelKind.String } pattern }] when function == TextFunctions.Matches =>
            Match(call, text, pattern.Text),
        [_, ConstantNode { Value: { Kind: CelKind.String } zone }] when TimeFunctions.TakesZone(function)
            && TimeFunctions.ZoneComplaint(zone.Text) is { } complaint =>
            compiler.Refuse(call.Arguments[^1].Offset, complaint).Node,
        _ when overloads.Length == 0 => new ConstantNode(Failure.NoOverload(function)),
        _ => new CallNode(function, overloads, arguments),
    };

    /// <returns>Null where it is no operator of two operands.</returns>
    private static Node? MakeOperator(string name, Node left, Node right, CelOverload[] overloads) => name switch
    {
        Operators.EqualTo => new EqualNode(left, right, isNegated: false),
        Operators.NotEqualTo => new EqualNode(left, right, isNegated: true),
        Operators.Less or Operators.LessOrEqual or Operators.Greater or Operators.GreaterOrEqual =>
            new CompareNode(name, left, right),
        Operators.In => new InNode(left, right),
        Operators.Add or Operators.Subtract or Operators.Multiply or Operators.Divide or Operators.Modulo =>
            new ArithmeticNode(name, left, right, overloads),
        OptionalFunctions.Or when overloads.Length > 0 => new OptionalOrNode(left, right, isValue: false),
        OptionalFunctions.OrValue when overloads.Length > 0 => new OptionalOrNode(left, right, isValue: true),
        _ => null,
    };

    private Node Match(Call call, Node text, string pattern)
    {
        if (Patterns.TryCompile(pattern, out string complaint) is { } compiled)
        {
            return new MatchNode(text, compiled);
        }

        return compiler.Refuse(call.Arguments[^1].Offset, complaint).Node;
    }
}
