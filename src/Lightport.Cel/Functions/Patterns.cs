using System.Text.RegularExpressions;
using Lightport.Cel.Values;

namespace Lightport.Cel.Functions;

/// <summary>Regular expressions, matched in time that grows with the text alone.</summary>
internal static class Patterns
{
    private const int LongestPattern = 1_000;

    /// <summary>What compiling a pattern costs, a character of it.</summary>
    private const int CostOfCharacter = 100;

    /// <returns>Null where the pattern is refused, which the complaint then tells.</returns>
    public static Pattern? TryCompile(string pattern, out string complaint)
    {
        complaint = "";
        if (pattern.Length > LongestPattern)
        {
            complaint = $"a pattern has at most {LongestPattern} characters";
            return null;
        }

        try
        {
            PatternTranslation translation = new(pattern);
            string translated = translation.Translate();
            return new Pattern(
                new Regex(translated, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant), translation.Parts);
        }
        catch (PatternException refused)
        {
            complaint = refused.Message;
        }
        catch (RegexParseException refused)
        {
            complaint = $"the pattern is no regular expression: {Words(refused.Error)}";
        }
        catch (NotSupportedException)
        {
            complaint = "the pattern needs too many states";
        }

        return null;
    }

    /// <summary>The framework's name of what is wrong, in words: <c>InsufficientClosingParentheses</c>.</summary>
    private static string Words(RegexParseError error) => string.Concat(error.ToString().Select((letter, place) =>
        place > 0 && char.IsAsciiLetterUpper(letter) ? $" {letter}" : $"{letter}")).ToLowerInvariant();

    /// <summary>Matches a pattern that is known only now: the meter pays for its compilation.</summary>
    public static CelValue IsMatch(string text, string pattern, CelMeter meter) =>
        !meter.Spend((long)CostOfCharacter * (1 + pattern.Length)) ? meter.Refusal()
        : TryCompile(pattern, out string complaint) is { } compiled ? compiled.IsMatch(text, meter)
        : CelValue.Error(complaint);
}
