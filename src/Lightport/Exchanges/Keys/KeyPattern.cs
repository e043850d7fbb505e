using System.Text;

namespace Lightport.Exchanges;

/// <summary>
/// A key as what is looked for letter by letter: how much of it the text ends with, whatever pieces the text comes in.
/// </summary>
internal sealed class KeyPattern
{
    private readonly byte[] _letters;

    // By letters that fit: how many of the key's first ones the last of them are too, so that no text is read twice.
    private readonly int[] _fallback;

    /// <param name="key">Visible ASCII; its backslashes are passed over, as one in a text may be an escape's.</param>
    /// <param name="mostShown">In letters.</param>
    public KeyPattern(string key, int mostShown)
    {
        _letters = Encoding.ASCII.GetBytes(key.Replace("\\", "", StringComparison.Ordinal));
        _fallback = new int[_letters.Length + 1];
        MostShown = mostShown;
        for (int i = 1, fits = 0; i < _letters.Length; i++)
        {
            while (fits > 0 && _letters[i] != _letters[fits])
            {
                fits = _fallback[fits];
            }

            fits += _letters[i] == _letters[fits] ? 1 : 0;
            _fallback[i + 1] = fits;
        }
    }

    /// <summary>In letters.</summary>
    public int Length => _letters.Length;

    /// <summary>The most of it that a client may see of one that comes in pieces, in letters.</summary>
    public int MostShown { get; }

    /// <param name="fits">How many of the key's first letters the text has ended with; less than all.</param>
    /// <returns>How many with this letter behind them.</returns>
    public int Next(int fits, int letter)
    {
        while (fits > 0 && _letters[fits] != letter)
        {
            fits = _fallback[fits];
        }

        return _letters[fits] == letter ? fits + 1 : 0;
    }

    /// <summary>
    /// Whether a string in this JSON may end with a beginning of the key: a few fast looks that most frames pass.
    /// </summary>
    public bool MayBeginIn(ReadOnlySpan<byte> json) =>
        json.IndexOf(_letters.AsSpan(0, 2)) >= 0
        || json.IndexOf("\\u00"u8) >= 0
        || (!char.IsAsciiLetterOrDigit((char)_letters[1]) && json.IndexOf([_letters[0], (byte)'\\']) >= 0)
        || EndsText(json);

    /// <summary>Whether a string ends with the key's first letter; a property's name does not count.</summary>
    private bool EndsText(ReadOnlySpan<byte> json)
    {
        ReadOnlySpan<byte> end = [_letters[0], (byte)'"'];
        for (int at = json.IndexOf(end); at >= 0; at = json.IndexOf(end))
        {
            json = json[(at + end.Length)..];
            if (json.IsEmpty || json[0] != ':')
            {
                return true;
            }
        }

        return false;
    }
}
