namespace Lightport.Cel.Syntax;

/// <summary>An expression as it was written, macros expanded to what they mean.</summary>
/// <param name="Offset">Where an error about it points.</param>
/// <param name="Height">Levels of nesting, itself one.</param>
internal abstract record Expression(int Offset, int Height)
{
    protected static int Tallest(params ReadOnlySpan<Expression?> parts)
    {
        int tallest = 0;
        foreach (Expression? part in parts)
        {
            tallest = Math.Max(tallest, part?.Height ?? 0);
        }

        return tallest + 1;
    }

    protected static int Tallest(IEnumerable<Expression> parts) =>
        parts.Select(part => part.Height).DefaultIfEmpty().Max() + 1;
}

internal sealed record Literal(int Offset, CelValue Value) : Expression(Offset, 1);

/// <param name="Name">With a leading dot where it stands outside of any scope and container.</param>
internal sealed record Identifier(int Offset, string Name) : Expression(Offset, 1);

/// <param name="IsOptional"><c>.?</c>: none where the field is not there.</param>
internal sealed record Select(int Offset, Expression Operand, string Field, bool IsOptional = false)
    : Expression(Offset, Operand.Height + 1);

/// <summary><c>has(operand.field)</c>.</summary>
internal sealed record Presence(int Offset, Expression Operand, string Field) : Expression(Offset, Operand.Height + 1);

internal sealed record Index(int Offset, Expression Operand, Expression Key, bool IsOptional)
    : Expression(Offset, Tallest(Operand, Key));

/// <summary>A function, or an operator by its name (<c>_+_</c>).</summary>
internal sealed record Call(int Offset, string Function, Expression? Target, IReadOnlyList<Expression> Arguments)
    : Expression(Offset, Math.Max(Tallest(Target), Tallest(Arguments)));

/// <summary>All, or one of them.</summary>
internal sealed record Logic(int Offset, bool IsAnd, IReadOnlyList<Expression> Operands)
    : Expression(Offset, Tallest(Operands));

internal sealed record Conditional(int Offset, Expression Condition, Expression Then, Expression Else)
    : Expression(Offset, Tallest(Condition, Then, Else));

/// <param name="IsOptional">Left out where it is none.</param>
internal sealed record Element(Expression Value, bool IsOptional);

internal sealed record ListLiteral(int Offset, IReadOnlyList<Element> Elements)
    : Expression(Offset, Tallest(Elements.Select(element => element.Value)));

internal sealed record Entry(Expression Key, Expression Value, bool IsOptional);

internal sealed record MapLiteral(int Offset, IReadOnlyList<Entry> Entries)
    : Expression(Offset, Tallest(Entries.SelectMany(entry => (Expression[])[entry.Key, entry.Value])));

/// <summary>What a macro makes of a list or a map.</summary>
internal enum ComprehensionKind
{
    All,
    Exists,
    ExistsOne,

    /// <summary>A list of what the body makes of each.</summary>
    List,

    /// <summary>A map of what the body makes of each value.</summary>
    Map,

    /// <summary>A map of the entries that the body makes of each.</summary>
    MapEntry,
}

/// <param name="First">Each element or key; where there are two variables, an element's index or a key.</param>
/// <param name="Second">Each element or value.</param>
/// <param name="Condition">Passes over those for which it is false.</param>
internal sealed record Comprehension(
    int Offset,
    ComprehensionKind Kind,
    Expression Range,
    string First,
    string? Second,
    Expression? Condition,
    Expression Body)
    : Expression(Offset, Tallest(Range, Condition, Body));

/// <summary>Variables that are evaluated once, each seeing those before it, and what is made of them.</summary>
/// <param name="IsDynamic">They are not typed (<c>cel.block</c>).</param>
internal sealed record Binding(
    int Offset, IReadOnlyList<(string Name, Expression Value)> Variables, Expression Result, bool IsDynamic)
    : Expression(Offset, Math.Max(Tallest(Variables.Select(variable => variable.Value)), Result.Height + 1));

/// <summary>What is made of an optional's value; none of none.</summary>
/// <param name="IsFlat">The body gives an optional itself.</param>
internal sealed record OptionalMap(int Offset, Expression Target, string Variable, Expression Body, bool IsFlat)
    : Expression(Offset, Tallest(Target, Body));
