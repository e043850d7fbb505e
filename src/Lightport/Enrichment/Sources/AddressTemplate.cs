using System.Text;
using Lightport.Exchanges.Rules;
using Lightport.Routing.Rules;

namespace Lightport.Enrichment.Sources;

/// <summary>
/// An address with formulas in its path and query: what they come to is escaped, so that it stays one part of the path,
/// or one value, whatever it is. Scheme and host are the configuration's alone.
/// </summary>
/// <param name="pieces">Texts and formulas in turns, beginning with a text that ends after the host.</param>
internal sealed class AddressTemplate(IReadOnlyList<(string Text, RequestFormula? Formula)> pieces)
{
    private const int LongestAddress = 8_192;

    public IEnumerable<RequestFormula> Formulas => pieces.Select(piece => piece.Formula).OfType<RequestFormula>();

    /// <summary>What it comes to is for one key alone.</summary>
    public bool ReadsKey => Formulas.Any(formula => formula.ReadsKey);

    /// <summary>Null where a formula cannot be evaluated, or no address comes of it.</summary>
    public Uri? Fill(RequestValues values)
    {
        var address = new StringBuilder();
        foreach ((string text, RequestFormula? formula) in pieces)
        {
            address.Append(text);
            if (formula is null)
            {
                continue;
            }

            if (values.TextOf(formula) is not { } value || value.Length > LongestAddress)
            {
                return null;
            }

            address.Append(Uri.EscapeDataString(value));
        }

        string filled = address.ToString();
        return filled.Length <= LongestAddress && !Climbs(filled)
            && Uri.TryCreate(filled, UriKind.Absolute, out Uri? uri) ? uri : null;
    }

    /// <summary>
    /// A dot is nothing that escaping changes, and <c>..</c> as a part of the path is another path.
    /// </summary>
    private static bool Climbs(string address) =>
        address.Split('?', '#')[0].Split('/').Any(part => part is "." or "..");
}
