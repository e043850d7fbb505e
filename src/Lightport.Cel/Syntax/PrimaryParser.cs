using System.Globalization;

namespace Lightport.Cel.Syntax;

/// <summary>Literals, names, calls, lists and maps, and what is selected from them.</summary>
internal sealed class PrimaryParser(Parser parser)
{
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package",
        "namespace", "return", "var", "void", "while",
    };

    /// <param name="isNegative">A minus stood before it, and digits follow.</param>
    public Expression ParseMember(bool isNegative)
    {
        Expression member = ParsePrimary(isNegative);
        while (true)
        {
            if (parser.Current.Is("."))
            {
                member = parser.Bounded(ParseSelection(member, parser.Take().Offset));
            }
            else if (parser.Current.Is("["))
            {
                int offset = parser.Take().Offset;
                bool isOptional = parser.TryTake("?");
                Expression key = parser.ParseExpression();
                parser.Expect("]");
                member = parser.Bounded(new Index(offset, member, key, isOptional));
            }
            else
            {
                return !parser.Current.Is("{") || member is not (Identifier or Select) ? member : throw parser.Failure(
                    parser.Current.Offset, "messages cannot be made here; a map is written {'key': value}");
            }
        }
    }

    private Expression ParseSelection(Expression operand, int offset)
    {
        bool isOptional = parser.TryTake("?");
        Token name = parser.Current.Kind switch
        {
            TokenKind.Identifier when parser.Current.Text is not ("true" or "false" or "null") => parser.Take(),
            TokenKind.Quoted => parser.Take(),
            _ => throw parser.Unexpected("a field's name"),
        };
        if (isOptional || name.Kind == TokenKind.Quoted || !parser.TryTake("("))
        {
            return new Select(offset, operand, name.Text, isOptional);
        }

        List<Expression> arguments = ParseUntil(")", parser.ParseExpression);
        return new MacroExpander(parser, name.Offset).Expand(operand, name.Text, arguments)
            ?? new Call(name.Offset, name.Text, operand, arguments);
    }

    private Expression ParsePrimary(bool isNegative)
    {
        Token token = parser.Current;
        switch (token.Kind)
        {
            case TokenKind.Int or TokenKind.Uint or TokenKind.Double:
                parser.Take();
                return new Literal(token.Offset, Number(token, isNegative));
            case TokenKind.Literal:
                return new Literal(token.Offset, parser.Take().Value);
            case TokenKind.Identifier:
                return ParseName("");
            case TokenKind.Symbol when token.Text == ".":
                parser.Take();
                return ParseName(".");
            case TokenKind.Symbol when token.Text == "(":
                parser.Take();
                Expression inner = parser.ParseExpression();
                parser.Expect(")");
                return inner;
            case TokenKind.Symbol when token.Text == "[":
                parser.Take();
                return parser.Bounded(new ListLiteral(token.Offset, ParseUntil("]", ParseElement)));
            case TokenKind.Symbol when token.Text == "{":
                parser.Take();
                return parser.Bounded(new MapLiteral(token.Offset, ParseUntil("}", ParseEntry)));
            default:
                throw parser.Unexpected("a value");
        }
    }

    private Expression ParseName(string dot)
    {
        Token name = parser.Current.Kind == TokenKind.Identifier ? parser.Take() : throw parser.Unexpected("a name");
        CelValue? constant = name.Text switch
        {
            "true" => CelValue.True,
            "false" => CelValue.False,
            "null" => CelValue.Null,
            _ => null,
        };
        if (constant is { } value && dot.Length == 0)
        {
            return new Literal(name.Offset, value);
        }

        if (constant is not null || Reserved.Contains(name.Text))
        {
            throw parser.Failure(name.Offset, $"'{name.Text}' is reserved and names nothing");
        }

        if (!parser.TryTake("("))
        {
            return new Identifier(name.Offset, dot + name.Text);
        }

        List<Expression> arguments = ParseUntil(")", parser.ParseExpression);
        return new MacroExpander(parser, name.Offset).Expand(null, name.Text, arguments)
            ?? parser.Bounded(new Call(name.Offset, dot + name.Text, null, arguments));
    }

    /// <summary>Items between commas up to the closing symbol; the last of a list or map may have a comma.</summary>
    private List<T> ParseUntil<T>(string close, Func<T> parseItem)
    {
        List<T> items = [];
        while (!parser.TryTake(close))
        {
            items.Add(parseItem());
            if (!parser.TryTake(","))
            {
                parser.Expect(close);
                break;
            }

            if (close == ")" && parser.Current.Is(close))
            {
                throw parser.Unexpected("an argument");
            }
        }

        return items;
    }

    private Element ParseElement()
    {
        bool isOptional = parser.TryTake("?");
        return new Element(parser.ParseExpression(), isOptional);
    }

    private Entry ParseEntry()
    {
        bool isOptional = parser.TryTake("?");
        Expression key = parser.ParseExpression();
        parser.Expect(":");
        return new Entry(key, parser.ParseExpression(), isOptional);
    }

    private CelValue Number(in Token token, bool isNegative)
    {
        if (token.Kind == TokenKind.Double)
        {
            double number = double.Parse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture);
            return CelValue.Of(isNegative ? -number : number);
        }

        bool isHexadecimal = token.Text.StartsWith("0x", StringComparison.Ordinal);
        bool isRead = ulong.TryParse(
            isHexadecimal ? token.Text.AsSpan(2) : token.Text,
            isHexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None,
            CultureInfo.InvariantCulture,
            out ulong whole);
        if (isRead && token.Kind == TokenKind.Uint)
        {
            return CelValue.Of(whole);
        }

        Int128 signed = isNegative ? -(Int128)whole : whole;
        return isRead && signed >= long.MinValue && signed <= long.MaxValue
            ? CelValue.Of((long)signed)
            : throw parser.Failure(token.Offset, $"{token.Text} is out of the range of 64 bits");
    }
}
