namespace Lightport.Cel.Syntax;

/// <summary>
/// The grammar, by recursive descent (https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax). Both its
/// own recursion and the height of what it makes are bounded, so that nothing behind it can exhaust the stack.
/// </summary>
internal sealed class Parser
{
    private readonly SourceText _source;
    private readonly CelLimits _limits;
    private readonly Lexer _lexer;
    private readonly PrimaryParser _primaries;
    private int _depth;
    private Token _taken;

    /// <exception cref="CelParseException">The text is too long, or begins with no token.</exception>
    public Parser(SourceText source, CelLimits limits)
    {
        if (source.Text.Length > limits.Characters)
        {
            throw source.Failure(0, $"the expression is longer than {limits.Characters} characters");
        }

        _source = source;
        _limits = limits;
        _lexer = new Lexer(source);
        _primaries = new PrimaryParser(this);
        Current = _lexer.Next();
    }

    /// <summary>The token that is to be read next.</summary>
    public Token Current { get; private set; }

    /// <exception cref="CelParseException">The text is no expression.</exception>
    public Expression Parse()
    {
        Expression expression = ParseExpression();
        return Current.Kind == TokenKind.End ? expression : throw Unexpected("an operator or the end", Advice());
    }

    public Expression ParseExpression()
    {
        if (++_depth > _limits.Depth)
        {
            throw TooDeep();
        }

        Expression condition = ParseLogic(isAnd: false);
        if (Current.Is("?"))
        {
            int offset = Take().Offset;
            Expression then = ParseLogic(isAnd: false);
            Expect(":");
            condition = Bounded(new Conditional(offset, condition, then, ParseExpression()));
        }

        _depth--;
        return condition;
    }

    public Token Take()
    {
        _taken = Current;
        Current = _lexer.Next();
        return _taken;
    }

    public bool TryTake(string symbol)
    {
        if (!Current.Is(symbol))
        {
            return false;
        }

        Take();
        return true;
    }

    public Token Expect(string symbol) => Current.Is(symbol) ? Take() : throw Unexpected($"'{symbol}'");

    public CelParseException Unexpected(string wanted, string advice = "") =>
        Failure(Current.Offset, $"unexpected {Current}; {wanted} is expected here{advice}");

    public CelParseException Failure(int offset, string message) => _source.Failure(offset, message);

    /// <summary>The expression, if it is not nested too deeply.</summary>
    public Expression Bounded(Expression expression) =>
        expression.Height <= _limits.Depth ? expression : throw TooDeep();

    /// <summary>Other languages have words for what are signs here.</summary>
    private string Advice() => Current.Kind != TokenKind.Identifier ? "" : Current.Text.ToUpperInvariant() switch
    {
        "AND" => ", and 'and' is written &&",
        "OR" => ", and 'or' is written ||",
        _ when _taken is { Kind: TokenKind.Identifier, Text: "not" or "NOT" } => ", and 'not' is written !",
        _ => "",
    };

    private CelParseException TooDeep() =>
        Failure(Current.Offset, $"the expression is nested more than {_limits.Depth} levels deep");

    private Expression ParseLogic(bool isAnd)
    {
        Expression first = isAnd ? ParseOperators(0) : ParseLogic(isAnd: true);
        string symbol = isAnd ? "&&" : "||";
        if (!Current.Is(symbol))
        {
            return first;
        }

        int offset = Current.Offset;
        List<Expression> operands = [first];
        while (TryTake(symbol))
        {
            operands.Add(isAnd ? ParseOperators(0) : ParseLogic(isAnd: true));
        }

        return Bounded(new Logic(offset, isAnd, operands));
    }

    /// <summary>Operators that bind at least so closely, each pair from the left.</summary>
    private Expression ParseOperators(int closeness)
    {
        Expression left = ParseUnary();
        while (Operators.ClosenessOf(Current) is { } found && found >= closeness)
        {
            Token operation = Take();
            Expression right = ParseOperators(found + 1);
            left = Bounded(new Call(operation.Offset, Operators.FunctionOf(operation), null, [left, right]));
        }

        return left;
    }

    private Expression ParseUnary()
    {
        Token first = Current;
        if (!first.Is("!") && !first.Is("-"))
        {
            return _primaries.ParseMember(isNegative: false);
        }

        bool isApplied = false;
        while (TryTake(first.Text))
        {
            isApplied = !isApplied;
        }

        // A minus before digits belongs to them: the least whole number has no positive counterpart.
        bool isNegative = first.Text == "-" && isApplied && Current.Kind is TokenKind.Int or TokenKind.Double;
        Expression operand = _primaries.ParseMember(isNegative);
        return isApplied && !isNegative
            ? Bounded(new Call(first.Offset, Operators.UnaryFunctionOf(first), null, [operand]))
            : operand;
    }
}
