namespace Lightport.Cel.Syntax;

/// <summary>What a token is.</summary>
internal enum TokenKind
{
    End,
    Symbol,
    Identifier,

    /// <summary>A field's name in backticks.</summary>
    Quoted,
    Int,
    Uint,
    Double,

    /// <summary>A text or bytes, decoded already.</summary>
    Literal,
}
