namespace Lightport.Cel.Syntax;

/// <summary>The operators, by the names under which they are functions.</summary>
internal static class Operators
{
    public const string Add = "_+_";
    public const string Subtract = "_-_";
    public const string Multiply = "_*_";
    public const string Divide = "_/_";
    public const string Modulo = "_%_";
    public const string EqualTo = "_==_";
    public const string NotEqualTo = "_!=_";
    public const string Less = "_<_";
    public const string LessOrEqual = "_<=_";
    public const string Greater = "_>_";
    public const string GreaterOrEqual = "_>=_";
    public const string In = "@in";
    public const string Not = "!_";
    public const string Negate = "-_";
    public const string Index = "_[_]";
    public const string OptionalIndex = "_[?_]";
    public const string Conditional = "_?_:_";

    /// <summary>How closely an operator of two operands binds; null for what is none.</summary>
    public static int? ClosenessOf(in Token token) => token.Kind != TokenKind.Symbol ? null : token.Text switch
    {
        "==" or "!=" or "<" or "<=" or ">" or ">=" or "in" => 0,
        "+" or "-" => 1,
        "*" or "/" or "%" => 2,
        _ => null,
    };

    /// <summary>As it is written, where it compares two values; null for what does not.</summary>
    public static string? Comparison(string function) =>
        function is EqualTo or NotEqualTo or Less or LessOrEqual or Greater or GreaterOrEqual
            ? function.Trim('_')
            : null;

    /// <summary>As it is written between its two operands; null for what does not stand there.</summary>
    public static string? Between(string function) => function switch
    {
        In => "in",
        Add or Subtract or Multiply or Divide or Modulo => function.Trim('_'),
        _ => Comparison(function),
    };

    public static string FunctionOf(in Token token) => token.Text == "in" ? In : $"_{token.Text}_";

    public static string UnaryFunctionOf(in Token token) => token.Text == "!" ? Not : Negate;
}
