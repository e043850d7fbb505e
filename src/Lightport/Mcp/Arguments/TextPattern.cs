using System.Text.RegularExpressions;

namespace Lightport.Mcp.Arguments;

/// <summary>
/// Whether a text fits a server's regular expression, in a time that grows with the text alone: one that cannot be
/// matched so is left to the server.
/// </summary>
internal static class TextPattern
{
    private const int LongestPattern = 1000;
    private const int LongestText = 16 * 1024;

    public static bool Fits(string pattern, string text)
    {
        if (pattern.Length > LongestPattern || text.Length > LongestText)
        {
            return true;
        }

        try
        {
            return Regex.IsMatch(
                text, pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or RegexMatchTimeoutException)
        {
            return true;
        }
    }
}
