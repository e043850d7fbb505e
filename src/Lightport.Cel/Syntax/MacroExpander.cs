namespace Lightport.Cel.Syntax;

/// <summary>Calls that are no functions: they bind variables, or look at a field without reading it.</summary>
internal sealed class MacroExpander(Parser parser, int offset)
{
    /// <returns>Null where it is no macro.</returns>
    /// <exception cref="CelParseException">It is one, and its arguments are not what it takes.</exception>
    public Expression? Expand(Expression? target, string name, IReadOnlyList<Expression> arguments)
    {
        Expression? expanded = target switch
        {
            null => name == "has" ? Has(arguments) : null,
            Identifier { Name: "cel" } => ExpandCel(name, arguments),
            Identifier { Name: "math" } => ExpandMath(target, name, arguments),
            _ => null,
        } ?? (target is null ? null : ExpandMember(target, name, arguments));
        return expanded is null ? null : parser.Bounded(expanded);
    }

    private Presence Has(IReadOnlyList<Expression> arguments) =>
        arguments is [Select { IsOptional: false } select] ? new Presence(offset, select.Operand, select.Field)
        : throw parser.Failure(offset, "has() takes one field: has(request.model)");

    private Expression? ExpandMember(Expression target, string name, IReadOnlyList<Expression> arguments) =>
        (name, arguments.Count) switch
        {
            ("all", 2) => OneVariable(ComprehensionKind.All, target, arguments, null, arguments[1]),
            ("exists", 2) => OneVariable(ComprehensionKind.Exists, target, arguments, null, arguments[1]),
            ("exists_one" or "existsOne", 2) =>
                OneVariable(ComprehensionKind.ExistsOne, target, arguments, null, arguments[1]),
            ("filter", 2) => OneVariable(ComprehensionKind.List, target, arguments, arguments[1], arguments[0]),
            ("map", 2) => OneVariable(ComprehensionKind.List, target, arguments, null, arguments[1]),
            ("map", 3) => OneVariable(ComprehensionKind.List, target, arguments, arguments[1], arguments[2]),
            ("all", 3) => TwoVariables(ComprehensionKind.All, target, arguments),
            ("exists", 3) => TwoVariables(ComprehensionKind.Exists, target, arguments),
            ("exists_one" or "existsOne", 3) => TwoVariables(ComprehensionKind.ExistsOne, target, arguments),
            ("transformList", 3 or 4) => TwoVariables(ComprehensionKind.List, target, arguments),
            ("transformMap", 3 or 4) => TwoVariables(ComprehensionKind.Map, target, arguments),
            ("transformMapEntry", 3 or 4) => TwoVariables(ComprehensionKind.MapEntry, target, arguments),
            ("optMap", 2) => new OptionalMap(offset, target, Name(arguments[0]), arguments[1], IsFlat: false),
            ("optFlatMap", 2) => new OptionalMap(offset, target, Name(arguments[0]), arguments[1], IsFlat: true),
            _ => null,
        };

    private Expression? ExpandCel(string name, IReadOnlyList<Expression> arguments) => (name, arguments) switch
    {
        ("bind", [var variable, var value, var result]) =>
            new Binding(offset, [(Name(variable), value)], result, IsDynamic: false),
        ("block", [ListLiteral variables, var result]) => new Binding(
            offset,
            [.. variables.Elements.Select((element, index) => ($"@index{index}", element.Value))],
            result,
            IsDynamic: true),
        ("index", [Literal { Value.Kind: CelKind.Int } index]) => new Identifier(offset, $"@index{index.Value}"),
        ("iterVar", [Literal { Value.Kind: CelKind.Int } depth, Literal { Value.Kind: CelKind.Int } number]) =>
            new Identifier(offset, $"@it:{depth.Value}:{number.Value}"),
        _ => null,
    };

    /// <summary>The greatest and the least of more than two are those of a list.</summary>
    private Call? ExpandMath(Expression target, string name, IReadOnlyList<Expression> arguments) =>
        name is "greatest" or "least" && arguments.Count > 2
            ? new Call(offset, name, target, [List(arguments)]) : null;

    private ListLiteral List(IEnumerable<Expression> items) =>
        new(offset, [.. items.Select(item => new Element(item, IsOptional: false))]);

    private Comprehension OneVariable(
        ComprehensionKind kind,
        Expression range,
        IReadOnlyList<Expression> arguments,
        Expression? condition,
        Expression body) => new(offset, kind, range, Name(arguments[0]), null, condition, body);

    private Comprehension TwoVariables(ComprehensionKind kind, Expression range, IReadOnlyList<Expression> arguments)
    {
        (string first, string second) = (Name(arguments[0]), Name(arguments[1]));
        return first == second
            ? throw parser.Failure(arguments[1].Offset, $"'{second}' is the first variable's name already")
            : new Comprehension(
                offset, kind, range, first, second, arguments.Count == 4 ? arguments[2] : null, arguments[^1]);
    }

    private string Name(Expression expression) =>
        expression is Identifier { Name: var name } && !name.StartsWith('.') ? name
            : throw parser.Failure(expression.Offset, "a variable's name is expected here");
}
