using Lightport.Cel;
using Lightport.Configuration.Yaml;
using Lightport.Enrichment.Sources;
using Lightport.Routing.Rules;

namespace Lightport.Configuration.Reading;

/// <summary>Reads an address with formulas in braces: <c>https://api.example.com/weather?city={metadata.city}</c>.
/// </summary>
internal static class AddressReader
{
    /// <summary>What stands before the name of a tool's argument, in braces.</summary>
    public const string Arguments = "args.";

    private const int MostFormulas = 16;
    private const int LongestArgument = 64;

    /// <summary>Null, and an error, where it is none.</summary>
    public static AddressTemplate? Read(Section section, string key, bool isPrivate)
    {
        if (section.Text(key) is not { } text)
        {
            return null;
        }

        var node = (ScalarNode)section.Find(key)!;
        string path = $"{section.Path}.{key}";
        int first = text.IndexOf('{', StringComparison.Ordinal);
        if (!isPrivate && IsInside(first < 0 ? text : text[..first]))
        {
            section.Errors.Add(node, $"{path} is an address that this machine or network alone has; where that is "
                + "meant, write 'private: on' beside it.");
            return null;
        }

        if (!IsAddress(first < 0 ? text : text[..first], isPrivate, isWhole: first < 0))
        {
            section.Errors.Add(node, $"{path} must be an address with https:// and a host without an expression in "
                + "it, as in https://api.example.com/weather?city={metadata.city}; with 'private: on' http:// will "
                + "do.");
            return null;
        }

        return Pieces(text, node, path, section.Errors) is { } pieces ? new AddressTemplate(pieces) : null;
    }

    private static bool IsInside(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
        && McpServerReader.IsWrittenPrivate(address);

    /// <summary>Scheme and host are over before a formula begins.</summary>
    private static bool IsAddress(string text, bool isPrivate, bool isWhole) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address)
        && (address.Scheme == Uri.UriSchemeHttps || (isPrivate && address.Scheme == Uri.UriSchemeHttp))
        && address.UserInfo.Length == 0
        && address.Fragment.Length == 0
        && (isWhole || text.AsSpan(text.IndexOf("://", StringComparison.Ordinal) + 3).ContainsAny('/', '?'));

    private static List<AddressPiece>? Pieces(
        string text, ScalarNode node, string path, ConfigurationErrors errors)
    {
        var pieces = new List<AddressPiece>();
        int at = 0;
        while (text.IndexOf('{', at) is >= 0 and var open)
        {
            int close = text.IndexOf('}', open);
            if (close < 0 || pieces.Count == MostFormulas)
            {
                (int line, int column) = node.PlaceOf(open);
                errors.Add(line, column, close < 0
                    ? $"an expression in {path} has no end; write it as in {{metadata.city}}."
                    : $"{path} has at most {MostFormulas} expressions.");
                return null;
            }

            if (Piece(text[at..open], text[(open + 1)..close], open + 1, node, errors) is not { } piece)
            {
                return null;
            }

            pieces.Add(piece);
            at = close + 1;
        }

        pieces.Add(new AddressPiece(text[at..]));
        return pieces;
    }

    /// <param name="text">What stands before it.</param>
    /// <param name="said">What stands in braces: a tool's argument, or an expression.</param>
    private static AddressPiece? Piece(
        string text, string said, int start, ScalarNode node, ConfigurationErrors errors)
    {
        if (!said.StartsWith(Arguments, StringComparison.Ordinal))
        {
            return Formula(said, start, node, errors) is { } formula ? new AddressPiece(text, formula) : null;
        }

        string name = said[Arguments.Length..];
        if (name.Length is > 0 and <= LongestArgument
            && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_'))
        {
            return new AddressPiece(text, Argument: name);
        }

        (int line, int column) = node.PlaceOf(start);
        errors.Add(line, column, $"a tool's argument has from 1 to {LongestArgument} letters, digits or '_', as in "
            + "{args.city}.");
        return null;
    }

    private static RequestFormula? Formula(string text, int start, ScalarNode node, ConfigurationErrors errors)
    {
        if (ExpressionReader.Compile(text, node, start, errors) is not { } program)
        {
            return null;
        }

        ContextFormulas.RefuseSpend(program, node, errors);
        if (program.ResultType.Kind is not (CelTypeKind.String or CelTypeKind.Int or CelTypeKind.Double
            or CelTypeKind.Bool or CelTypeKind.Dyn))
        {
            (int line, int column) = node.PlaceOf(start);
            errors.Add(line, column, $"an expression of an address must be a text, a number or a truth value, but this "
                + $"is {program.ResultType}.");
        }

        return new RequestFormula(program);
    }
}
