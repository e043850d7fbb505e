using System.Text;
using Lightport.Exchanges.Rules;
using Lightport.Routing.Rules;

namespace Lightport.Enrichment.Sources;

/// <summary>
/// An address with expressions in its path and query: what they come to is escaped, so that it stays one part of the
/// path, or one value, whatever it is. Scheme and host are the configuration's alone.
/// </summary>
/// <param name="pieces">
/// Texts, each with the expression or the tool's argument behind it, if there is one; the first ends after the host.
/// </param>
internal sealed class AddressTemplate(IReadOnlyList<AddressPiece> pieces)
{
    private static readonly Dictionary<string, string> None = [];

    private const int LongestAddress = 8_192;
    private const string TooLong = "it would be too long";

    public IEnumerable<RequestFormula> Formulas => pieces.Select(piece => piece.Formula).OfType<RequestFormula>();

    /// <summary>What a model has to say where it asks by a tool, each name once.</summary>
    public IReadOnlyList<string> Arguments { get; } =
        [.. pieces.Select(piece => piece.Argument).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>What it comes to is for one key alone.</summary>
    public bool ReadsKey => Formulas.Any(formula => formula.ReadsKey);

    /// <summary>Null where an expression cannot be evaluated, or no address comes of it.</summary>
    /// <param name="values">Of the request.</param>
    /// <param name="problem">Why there is none; empty where there is.</param>
    public Uri? Fill(RequestValues values, out string problem) =>
        Settle(values, out problem)?.Complete(None, out problem);

    /// <summary>The same address for a request, with its arguments alone left open; null as of <see cref="Fill"/>.
    /// </summary>
    public AddressTemplate? Settle(RequestValues values, out string problem)
    {
        problem = "";
        var settled = new List<AddressPiece>(pieces.Count);
        foreach (AddressPiece piece in pieces)
        {
            if (piece.Formula is not { } formula)
            {
                settled.Add(piece);
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

            settled.Add(new AddressPiece(piece.Text + Uri.EscapeDataString(value)));
        }

        return new AddressTemplate(settled);
    }

    /// <summary>Null where no address comes of it.</summary>
    /// <param name="arguments">What the model says, by name; one that it does not say is empty.</param>
    public Uri? Complete(IReadOnlyDictionary<string, string> arguments, out string problem)
    {
        var address = new StringBuilder();
        foreach (AddressPiece piece in pieces)
        {
            address.Append(piece.Text);
            if (piece.Argument is { } name && arguments.GetValueOrDefault(name) is { } value)
            {
                if (value.Length > LongestAddress)
                {
                    problem = TooLong;
                    return null;
                }

                address.Append(Uri.EscapeDataString(value));
            }
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
