namespace Lightport.Conversation;

/// <summary>Text of a client's, said back to it: whole where it is short, else its beginning.</summary>
internal static class ShortText
{
    /// <summary>As long as any id or name that is meant, in UTF-16 units.</summary>
    private const int Usual = 256;

    private const string More = "…";

    public static string Of(string text) => Of(text, Usual);

    /// <param name="most">In UTF-16 units; a character of two is not cut.</param>
    public static string Of(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }

        int end = most - More.Length;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[end - 1]) ? end - 1 : end), More);
    }
}
