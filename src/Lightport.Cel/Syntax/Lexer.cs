namespace Lightport.Cel.Syntax;

/// <summary>Cuts a text into tokens.</summary>
internal sealed class Lexer(SourceText source)
{
    private static readonly string[] Symbols =
    [
        "&&", "||", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", ".", ",",
        "(", ")", "[", "]", "{", "}",
    ];

    private readonly string _text = source.Text;
    private int _at;

    /// <exception cref="CelParseException">What stands here begins no token.</exception>
    public Token Next()
    {
        SkipBlanks();
        if (_at == _text.Length)
        {
            return new Token(TokenKind.End, "", _at);
        }

        char first = _text[_at];
        if (char.IsAsciiDigit(first) || (first == '.' && IsDigitAt(_at + 1)))
        {
            return Number();
        }

        if (LiteralText.IsBegun(_text, _at))
        {
            int begin = _at;
            CelValue value = LiteralText.Read(source, ref _at);
            return new Token(TokenKind.Literal, "", begin, value);
        }

        return first == '`' ? Quoted() : IsLetter(first) ? Name() : Symbol();
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length)
        {
            if (_text[_at] is ' ' or '\t' or '\r' or '\n' or '\f')
            {
                _at++;
            }
            else if (_text.AsSpan(_at).StartsWith("//"))
            {
                int end = _text.IndexOf('\n', _at);
                _at = end < 0 ? _text.Length : end;
            }
            else
            {
                return;
            }
        }
    }

    private Token Number()
    {
        int begin = _at;
        if (_text.AsSpan(_at).StartsWith("0x") && _at + 2 < _text.Length && char.IsAsciiHexDigit(_text[_at + 2]))
        {
            _at += 2;
            SkipWhile(char.IsAsciiHexDigit);
            return Whole(begin);
        }

        SkipWhile(char.IsAsciiDigit);
        bool isDouble = false;
        if (_at < _text.Length && _text[_at] == '.' && IsDigitAt(_at + 1))
        {
            isDouble = true;
            _at++;
            SkipWhile(char.IsAsciiDigit);
        }

        if (LengthOfExponentMark() is > 0 and int mark)
        {
            isDouble = true;
            _at += mark;
            SkipWhile(char.IsAsciiDigit);
        }

        return isDouble ? new Token(TokenKind.Double, _text[begin.._at], begin) : Whole(begin);
    }

    private Token Whole(int begin)
    {
        string digits = _text[begin.._at];
        if (_at < _text.Length && _text[_at] is 'u' or 'U')
        {
            _at++;
            return new Token(TokenKind.Uint, digits, begin);
        }

        return new Token(TokenKind.Int, digits, begin);
    }

    private int LengthOfExponentMark()
    {
        if (_at >= _text.Length || _text[_at] is not ('e' or 'E'))
        {
            return 0;
        }

        int sign = _at + 1 < _text.Length && _text[_at + 1] is '+' or '-' ? 1 : 0;
        return IsDigitAt(_at + 1 + sign) ? 1 + sign : 0;
    }

    private Token Name()
    {
        int begin = _at;
        SkipWhile(character => IsLetter(character) || char.IsAsciiDigit(character));
        string name = _text[begin.._at];
        return new Token(name == "in" ? TokenKind.Symbol : TokenKind.Identifier, name, begin);
    }

    private Token Quoted()
    {
        int begin = _at++;
        SkipWhile(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '.' or '-' or '/' or ' ');
        if (_at >= _text.Length || _text[_at] != '`' || _at == begin + 1)
        {
            throw source.Failure(begin, "a quoted name ends with ` and has letters, digits, spaces and _ . - / in it");
        }

        return new Token(TokenKind.Quoted, _text[(begin + 1).._at++], begin);
    }

    private Token Symbol()
    {
        foreach (string symbol in Symbols)
        {
            if (_text.AsSpan(_at).StartsWith(symbol))
            {
                _at += symbol.Length;
                return new Token(TokenKind.Symbol, symbol, _at - symbol.Length);
            }
        }

        string advice = _text[_at] switch
        {
            '=' => "; to compare, write ==",
            '&' => "; and is written &&",
            '|' => "; or is written ||",
            _ => "",
        };
        throw source.Failure(_at, $"unexpected character '{_text[_at]}'{advice}");
    }

    private void SkipWhile(Func<char, bool> belongs)
    {
        while (_at < _text.Length && belongs(_text[_at]))
        {
            _at++;
        }
    }

    private bool IsDigitAt(int index) => index < _text.Length && char.IsAsciiDigit(_text[index]);

    private static bool IsLetter(char character) => char.IsAsciiLetter(character) || character == '_';
}
