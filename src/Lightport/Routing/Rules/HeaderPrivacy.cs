namespace Lightport.Routing.Rules;

/// <summary>Which headers rules do not see: a key belongs in no condition, and in no tag made of one.</summary>
internal static class HeaderPrivacy
{
    /// <summary>A header whose name has one of these words in it carries a key, or may.</summary>
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "apikey", "auth", "authorization", "cookie", "cookie2", "credential", "credentials", "jwt", "key", "password",
        "secret", "signature", "token",
    };

    /// <param name="name">In lower case.</param>
    public static bool IsHidden(string name)
    {
        HashSet<string>.AlternateLookup<ReadOnlySpan<char>> words = Words.GetAlternateLookup<ReadOnlySpan<char>>();
        ReadOnlySpan<char> text = name;
        foreach (Range word in text.SplitAny('-', '_', '.'))
        {
            if (words.Contains(text[word]))
            {
                return true;
            }
        }

        return false;
    }
}
