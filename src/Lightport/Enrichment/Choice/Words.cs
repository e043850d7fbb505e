namespace Lightport.Enrichment.Choice;

/// <summary>
/// The words of a text, in lower case: runs of letters or digits, names cut where their letters grow
/// (<c>getWeather_now</c> is three words), and each letter by itself where a script has no spaces.
/// </summary>
internal static class Words
{
    /// <summary>In characters; what comes behind them is passed over.</summary>
    public const int LongestText = 65_536;

    /// <summary>The same with plurals as their singulars, by which a question for an invoice finds a list of invoices.
    /// </summary>
    public static IEnumerable<string> SingularOf(string text) => Of(text).Select(Singular);

    public static List<string> Of(string text)
    {
        var words = new List<string>();
        int start = -1;
        int length = Math.Min(text.Length, LongestText);
        for (int i = 0; i <= length; i++)
        {
            bool isWord = i < length && char.IsLetterOrDigit(text[i]);
            bool isOneWord = isWord && HasNoSpaces(text[i]);
            if (start >= 0 && (!isWord || isOneWord || Begins(text, i)))
            {
                words.Add(text[start..i].ToLowerInvariant());
                start = -1;
            }

            if (isOneWord)
            {
                words.Add(text[i].ToString());
            }
            else if (isWord && start < 0)
            {
                start = i;
            }
        }

        return words;
    }

    /// <summary>
    /// English plurals and most French ones, after the S stemmer (Harman, "How effective is suffixing?", 1991): a root
    /// that is no word does no harm, as texts and queries come to the same.
    /// </summary>
    private static string Singular(string word) => word switch
    {
        { Length: <= 3 } => word,
        [.., 'e' or 'a', 'i', 'e', 's'] or [.., 'a' or 'e' or 'o', 'e', 's'] or [.., 'u' or 's', 's'] => word,
        [.. var root, 'i', 'e', 's'] => $"{root}y",
        [.. var root, 's'] => root,
        _ => word,
    };

    private static bool Begins(string text, int at) => char.IsUpper(text[at]) && char.IsLower(text[at - 1]);

    /// <summary>Chinese and Japanese; Hangul has spaces.</summary>
    private static bool HasNoSpaces(char letter) => letter is >= '\u2E80' and < '\uAC00';
}
