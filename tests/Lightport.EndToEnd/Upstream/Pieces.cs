using System.Globalization;

namespace Lightport.EndToEnd.Upstream;

internal static class Pieces
{
    private const int Letters = 5;

    /// <summary>A text as a provider streams it: a few letters at a time, none of them cut in half.</summary>
    public static IEnumerable<string> Of(string text, bool uncut = false) =>
        uncut && text.Length > 0 ? [text] : Cut(text);

    private static IEnumerable<string> Cut(string text)
    {
        TextElementEnumerator letters = StringInfo.GetTextElementEnumerator(text);
        string piece = "";
        for (int count = 1; letters.MoveNext(); count++)
        {
            piece += letters.GetTextElement();
            if (count % Letters == 0)
            {
                yield return piece;
                piece = "";
            }
        }

        if (piece.Length > 0)
        {
            yield return piece;
        }
    }
}
