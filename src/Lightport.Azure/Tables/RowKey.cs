using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Lightport.Azure.Tables;

/// <summary>Any text as a part of a table's key, and back.</summary>
/// <remarks>
/// A character that a key must not hold, or that separates parts here, becomes <c>~</c> and four hexadecimal digits.
/// The percent sign is one of them, and no escape itself, because services and proxies decode it in addresses.
/// </remarks>
/// <seealso href="https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model"/>
internal static class RowKey
{
    /// <summary>UTF-16 characters of a whole key, which are 1 KiB.</summary>
    public const int MaxLength = 512;

    /// <summary>Stands between parts; never inside one.</summary>
    public const char Separator = '|';

    private const char Escape = '~';
    private const int DigitsOfCode = 4;
    private const string Forbidden = "/\\#?%|~";

    /// <summary>Marks a key that was too long; an escape is followed by a digit and never by this.</summary>
    private const string Cut = "~~";

    /// <summary>The text as a key of at most so many characters: cut and told apart by its hash beyond.</summary>
    public static string Encode(string text, int maxLength = MaxLength)
    {
        var key = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i))
            {
                key.Append(text, i++, 2);
            }
            else if (IsPlain(text[i]))
            {
                key.Append(text[i]);
            }
            else
            {
                key.Append(Escape).Append(((int)text[i]).ToString("X4", CultureInfo.InvariantCulture));
            }
        }

        return key.Length <= maxLength ? key.ToString() : Shorten(key.ToString(), maxLength);
    }

    /// <summary>True where the key holds the whole text, so that it can be read back from it.</summary>
    public static bool IsWhole(string key) => !key.Contains(Cut, StringComparison.Ordinal);

    /// <summary>What a key stands for, as far as it holds it; what is no escape stays as it is.</summary>
    public static string Decode(string key)
    {
        int cut = key.IndexOf(Cut, StringComparison.Ordinal);
        if (cut >= 0)
        {
            return Decode(key[..cut]) + "…";
        }

        var text = new StringBuilder(key.Length);
        for (int i = 0; i < key.Length; i++)
        {
            if (key[i] == Escape && CodeAt(key, i + 1) is { } code)
            {
                text.Append((char)code);
                i += DigitsOfCode;
            }
            else
            {
                text.Append(key[i]);
            }
        }

        return text.ToString();
    }

    private static ushort? CodeAt(string key, int start) =>
        start + DigitsOfCode <= key.Length && ushort.TryParse(
            key.AsSpan(start, DigitsOfCode),
            NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture,
            out ushort code)
            ? code
            : null;

    private static bool IsPlain(char character) =>
        !char.IsControl(character) && !char.IsSurrogate(character) && character < '\uFFFE'
        && !Forbidden.Contains(character, StringComparison.Ordinal);

    private static string Shorten(string key, int maxLength)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        int kept = maxLength - Cut.Length - hash.Length;
        int escape = key.LastIndexOf(Escape, kept - 1);
        kept = escape >= 0 && escape + DigitsOfCode >= kept ? escape : kept;
        kept -= char.IsHighSurrogate(key[kept - 1]) ? 1 : 0;
        return string.Concat(key.AsSpan(0, kept), Cut, hash);
    }
}
