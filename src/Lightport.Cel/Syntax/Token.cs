namespace Lightport.Cel.Syntax;

/// <summary>One token.</summary>
/// <param name="Text">A symbol or a name as it is, a number's digits.</param>
/// <param name="Offset">Where it begins.</param>
/// <param name="Value">Of a literal.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Offset, CelValue Value = default)
{
    public bool Is(string symbol) => Kind == TokenKind.Symbol && Text == symbol;

    /// <summary>As a message names it.</summary>
    public override string ToString() => Kind switch
    {
        TokenKind.End => "end",
        TokenKind.Literal => "literal",
        _ => $"'{Text}'",
    };
}
