using System.Globalization;

namespace Lightport.Exchanges;

/// <summary>
/// The strings in a frame's JSON, one after another, and of which text each is a piece: pieces of one text have the
/// property's name in common, and the numbers by which the frame says what it belongs to (<c>index</c>,
/// <c>output_index</c>). Whatever is no JSON has the strings that are found in it.
/// </summary>
internal ref struct TextValues
{
    private readonly ReadOnlySpan<byte> _json;
    private readonly int _indexes;
    private int _at;
    private int _name;

    public TextValues(ReadOnlySpan<byte> json)
    {
        _json = json;
        _indexes = IndexesIn(json);
    }

    /// <summary>Where the string's first letter stands.</summary>
    public int Start { get; private set; }

    /// <summary>Where its closing quote stands.</summary>
    public int End { get; private set; }

    /// <summary>The text that it is a piece of.</summary>
    public readonly int Text => HashCode.Combine(_name, _indexes);

    public bool Read()
    {
        while (_json[_at..].IndexOf((byte)'"') is var quote and >= 0)
        {
            (Start, End) = (_at + quote + 1, EndFrom(_at + quote + 1));
            if (End < 0)
            {
                _at = _json.Length;
                return false;
            }

            _at = End + 1;
            if (!_json[_at..].TrimStart(" \t\r\n"u8).StartsWith(":"u8))
            {
                return true;
            }

            _name = Hash(_json[Start..End]);
        }

        return false;
    }

    /// <returns>The place of the quote that closes the string; negative where none does.</returns>
    private readonly int EndFrom(int start)
    {
        while (_json[start..].IndexOfAny((byte)'"', (byte)'\\') is var offset and >= 0)
        {
            if (_json[start + offset] == '"')
            {
                return start + offset;
            }

            start = Math.Min(start + offset + 2, _json.Length);
        }

        return -1;
    }

    private static int IndexesIn(ReadOnlySpan<byte> json)
    {
        ReadOnlySpan<byte> name = "ndex\":"u8;
        var indexes = default(HashCode);
        for (int at = json.IndexOf(name); at >= 0; at = json.IndexOf(name))
        {
            json = json[(at + name.Length)..];
            if (int.TryParse(Digits(json), CultureInfo.InvariantCulture, out int index))
            {
                indexes.Add(index);
            }
        }

        return indexes.ToHashCode();
    }

    private static ReadOnlySpan<byte> Digits(ReadOnlySpan<byte> json)
    {
        ReadOnlySpan<byte> rest = json.TrimStart(" \t\r\n"u8);
        int end = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end < 0 ? rest : rest[..end];
    }

    private static int Hash(ReadOnlySpan<byte> text)
    {
        var hash = default(HashCode);
        hash.AddBytes(text);
        return hash.ToHashCode();
    }
}
