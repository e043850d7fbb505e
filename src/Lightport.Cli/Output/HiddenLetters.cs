using System.Globalization;
using System.Text;

namespace Lightport.Cli.Output;

/// <summary>
/// Shows what a text has that nobody sees, and a model reads: letters of Unicode's tags, marks that turn the direction
/// of writing, spaces without width. Whoever approves a text must see all of it.
/// </summary>
internal static class HiddenLetters
{
    /// <summary>Each such letter becomes its number, as in <c>&lt;U+202E&gt;</c>; ends of lines stay.</summary>
    public static string Show(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (Rune letter in text.EnumerateRunes())
        {
            if (IsHidden(letter))
            {
                shown.Append(CultureInfo.InvariantCulture, $"<U+{letter.Value:X4}>");
            }
            else
            {
                shown.Append(letter);
            }
        }

        return shown.ToString();
    }

    private static bool IsHidden(Rune letter) =>
        letter.Value is not ('\n' or '\r' or '\t')
        && Rune.GetUnicodeCategory(letter) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned;
}
