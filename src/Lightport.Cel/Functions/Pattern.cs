using System.Text.RegularExpressions;

namespace Lightport.Cel.Functions;

/// <summary>A compiled regular expression.</summary>
/// <param name="parts">
/// How many it has once what repeats is written out: at worst each character meets all of them.
/// </param>
internal sealed class Pattern(Regex expression, long parts)
{
    /// <summary>
    /// So many parts are looked at for the price of one: most are ruled out by what has been read, unless a pattern is
    /// made to keep them all.
    /// </summary>
    private const int PartsForOne = 8;

    public CelValue IsMatch(string text, CelMeter meter) =>
        meter.SpendText(text.Length * (1 + (parts / PartsForOne)))
            ? CelValue.Of(expression.IsMatch(text)) : meter.Refusal();
}
