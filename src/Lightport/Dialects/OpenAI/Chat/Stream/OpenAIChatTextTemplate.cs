using System.Buffers;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// A chunk that tells text and nothing else, by which others are known that tell nothing else either: they are the same
/// to the byte but for the text, and for the padding that OpenAI adds against whoever measures lengths. Most chunks of
/// an answer are, and one that is need not be parsed.
/// </summary>
internal sealed class OpenAIChatTextTemplate
{
    /// <summary>Longer ones are not remembered: a stream keeps one.</summary>
    private const int MaxBytes = 2048;

    /// <summary>The string's end, and what makes it more than its bytes or no string at all.</summary>
    private static readonly SearchValues<byte> Special = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(control => (byte)control), (byte)'"', (byte)'\\']);

    private byte[] _chunk = [];
    private int _length;
    private int _text;
    private int _afterText;
    private int _padding;
    private int _afterPadding;

    /// <summary>Whose text it is.</summary>
    public int Choice { get; private set; }

    /// <summary>Remembers a chunk that was read, and told its text alone.</summary>
    public void Learn(ReadOnlySpan<byte> data, int choice, JsonSlice text, JsonSlice padding)
    {
        bool isPadded = padding.IsText(data) && padding.Start > text.End;
        if (data.Length > MaxBytes || (padding.IsPresent && !isPadded))
        {
            return;
        }

        if (_chunk.Length < data.Length)
        {
            _chunk = new byte[data.Length + 64];
        }

        data.CopyTo(_chunk);
        Choice = choice;
        (_length, _text, _afterText) = (data.Length, text.Start + 1, text.End - 1);
        (_padding, _afterPadding) = isPadded ? (padding.Start + 1, padding.End - 1) : (0, 0);
    }

    /// <summary>Whether the chunk is one of those, and its text, in which nothing is escaped.</summary>
    public bool TryRead(ReadOnlySpan<byte> data, out ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> chunk = _chunk.AsSpan(0, _length);
        text = default;
        if (chunk.IsEmpty || !data.StartsWith(chunk[.._text]) || !TryTake(data[_text..], out text) || text.IsEmpty)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = data[(_text + text.Length)..];
        if (_padding == 0)
        {
            return rest.SequenceEqual(chunk[_afterText..]);
        }

        ReadOnlySpan<byte> between = chunk[_afterText.._padding];
        return rest.StartsWith(between)
            && TryTake(rest[between.Length..], out ReadOnlySpan<byte> padding)
            && rest[(between.Length + padding.Length)..].SequenceEqual(chunk[_afterPadding..]);
    }

    /// <summary>Takes a string's bytes up to its closing quote.</summary>
    private static bool TryTake(ReadOnlySpan<byte> data, out ReadOnlySpan<byte> text)
    {
        int end = data.IndexOfAny(Special);
        text = end < 0 ? default : data[..end];
        return end >= 0 && data[end] == (byte)'"';
    }
}
