using System.Text;

namespace Lightport.Cel.Syntax;

/// <summary>Gathers what stands in quotes, as text or as bytes.</summary>
internal sealed class LiteralBuilder(bool isBytes)
{
    private readonly StringBuilder _text = new();
    private readonly List<byte> _bytes = [];

    public CelValue Value => isBytes ? CelValue.Of(_bytes.ToArray()) : CelValue.Of(_text.ToString());

    public void Add(ReadOnlySpan<char> characters)
    {
        if (isBytes)
        {
            Span<byte> encoded = stackalloc byte[4];
            _bytes.AddRange(encoded[..Encoding.UTF8.GetBytes(characters, encoded)]);
        }
        else
        {
            _text.Append(characters);
        }
    }

    /// <summary>Adds one byte; in a text, the code point of that number.</summary>
    public bool AddByte(int code)
    {
        if (isBytes)
        {
            _bytes.Add((byte)code);
        }
        else
        {
            _text.Append((char)code);
        }

        return true;
    }

    /// <returns>Whether there is such a code point, and it stands in a text.</returns>
    public bool AddCodePoint(int code)
    {
        if (isBytes || !Rune.TryCreate(code, out Rune rune))
        {
            return false;
        }

        _text.Append(rune.ToString());
        return true;
    }
}
