using System.Text;
using Lightport.Exchanges.Rules;
using Lightport.Routing.Rules;

namespace Lightport.Enrichment.Sources;

/// <summary>
/// An address with expressions in its path and query: what they come to is escaped, so that it stays one part of the
/// path, or one value, whatever it is. Scheme and host are the configuration's alone.
/// </summary>
/// <param name="pieces">Texts and expressions in turns, beginning with a text that ends after the host.</param>
internal sealed class AddressTemplate(IReadOnlyList<(string Text, RequestFormula? Formula)> pieces)
{
    private const int LongestAddress = 8_192;
    private const string TooLong = "it would be too long";

    public IEnumerable<RequestFormula> Formulas => pieces.Select(piece => piece.Formula).OfType<RequestFormula>();

    /// <summary>What it comes to is for one key alone.</summary>
    public bool ReadsKey => Formulas.Any(formula => formula.ReadsKey);

    /// <summary>Null where an expression cannot be evaluated, or no address comes of it.</summary>
    /// <param name="values">Of the request.</param>
    /// <param name="problem">Why there is none; empty where there is.</param>
    public Uri? Fill(RequestValues values, out string problem)
    {
        var address = new StringBuilder();
        foreach ((string text, RequestFormula? formula) in pieces)
        {
            address.Append(text);
            if (formula is null)
            {
                continue;
            }

            if (values.TextOf(formula, out problem) is not { } value)
            {
                return null;
            }

            if (value.Length > LongestAddress)
            {
                problem = TooLong;
                return null;
            }

            address.Append(Uri.EscapeDataString(value));
        }

        string filled = address.ToString();
        problem = filled.Length > LongestAddress ? TooLong
            : Climbs(filled) ? "one of them comes to '.' or '..', which is no part of a path"
            : "";
        if (problem.Length == 0 && Uri.TryCreate(filled, UriKind.Absolute, out Uri? uri))
        {
            return uri;
        }

        problem = problem.Length > 0 ? problem : "what they come to makes none";
        return null;
    }

    /// <summary>
    /// A dot is nothing that escaping changes, and <c>..</c> as a part of the path is another path.
    /// </summary>
    private static bool Climbs(string address) =>
        address.Split('?', '#')[0].Split('/').Any(part => part is "." or "..");
}
