using System.Buffers;
using System.Globalization;
using Lightport.Transport.Framing;

namespace Lightport.Exchanges;

/// <summary>
/// Takes a provider's key out of a stream that quotes it in pieces, over any number of events
/// (<c>sk-p</c>, <c>roj</c>, <c>-01</c> …). Nothing is held back: the key's beginning has been told before it is known
/// for one, at most <see cref="KeyPattern.MostShown"/> letters of it, and the rest never is.
/// </summary>
/// <remarks>
/// What is remembered from event to event is a number for each text that ends with a beginning of the key. A key that
/// stands whole in one event, or half of it, is <see cref="KeyMask"/>'s. The last half of it is a pattern of its own.
/// </remarks>
internal sealed class KeyTrail(KeyPattern pattern)
{
    /// <summary>As many answers, thoughts and calls at a time as a stream has; more are not followed.</summary>
    private const int MostTexts = 1024;

    private readonly List<Piece> _pieces = [];

    private Dictionary<int, Match>? _matches;

    // Where the last letters of the string that is read stand, as many as the key has, by their number.
    private int[]? _places;

    /// <param name="isText">The frame around its data is text too.</param>
    /// <returns>The same frame where it has no piece of the key that must not be told.</returns>
    public Frame Apply(scoped in Frame frame, bool isText)
    {
        if (_matches is not { Count: > 0 } && !pattern.MayBeginIn(frame.Data))
        {
            return frame;
        }

        _matches ??= [];
        _places ??= new int[pattern.Length];
        _pieces.Clear();
        var texts = new TextValues(frame.Data);
        while (texts.Read())
        {
            if (texts.Start < texts.End)
            {
                Follow(frame.Data, texts, _matches, _places);
            }
        }

        if (_pieces.Count == 0)
        {
            return frame;
        }

        if (isText && frame.Raw.Overlaps(frame.Data, out int offset))
        {
            ReadOnlySpan<byte> raw = Masked(frame.Raw, offset);
            int length = frame.Data.Length + raw.Length - frame.Raw.Length;
            return new Frame(frame.Name, raw.Slice(offset, length), raw);
        }

        byte[] data = Masked(frame.Data, 0);
        return new Frame(frame.Name, data, isText ? Raw(frame, data) : frame.Raw);
    }

    /// <summary>Reads the next piece of a text, and notes what of it must not be told.</summary>
    private void Follow(
        ReadOnlySpan<byte> data, in TextValues text, Dictionary<int, Match> matches, int[] places)
    {
        Match match = matches.GetValueOrDefault(text.Text);
        Piece? masked = null;
        int read = 0;
        for (int at = text.Start; at < text.End;)
        {
            int length = Letter(data[at..text.End], out int letter);
            int fits = pattern.Next(match.Fits, letter);
            if (fits != match.Fits + 1)
            {
                match.IsTold = false;
                Note(ref masked);
            }

            match.Fits = fits;
            places[read++ % places.Length] = at;
            at += length;
            if (fits > pattern.MostShown && (fits > read || at == text.End))
            {
                int start = fits > read ? text.Start : places[(read - fits) % places.Length];
                masked = new Piece(masked?.Start ?? start, at, masked?.IsFirst ?? !match.IsTold);
                match.IsTold = true;
            }

            if (fits == pattern.Length)
            {
                match = default;
                Note(ref masked);
            }
        }

        Note(ref masked);
        if (match.Fits == 0)
        {
            matches.Remove(text.Text);
        }
        else if (matches.Count < MostTexts || matches.ContainsKey(text.Text))
        {
            matches[text.Text] = match;
        }
    }

    private void Note(ref Piece? masked)
    {
        if (masked is { } piece)
        {
            _pieces.Add(piece);
            masked = null;
        }
    }

    /// <summary>The first letter of JSON's text, which may be escaped, also as a string within a string.</summary>
    /// <returns>How long it is as it stands there.</returns>
    private static int Letter(ReadOnlySpan<byte> text, out int letter)
    {
        int backslashes = text.IndexOfAnyExcept((byte)'\\');
        int at = Math.Min(backslashes < 0 ? text.Length - 1 : backslashes, EscapedText.MostBackslashes);
        letter = text[at];
        if (at == 0 || letter != 'u' || text.Length < at + 5
            || !int.TryParse(text.Slice(at + 1, 4), NumberStyles.AllowHexSpecifier, null, out int code))
        {
            return at + 1;
        }

        letter = code;
        return at + 5;
    }

    private byte[] Masked(ReadOnlySpan<byte> text, int offset)
    {
        var masked = new ArrayBufferWriter<byte>(text.Length);
        int at = 0;
        foreach (Piece piece in _pieces)
        {
            masked.Write(text[at..(piece.Start + offset)]);
            masked.Write(piece.IsFirst ? KeyMask.MaskBytes : default);
            at = piece.End + offset;
        }

        masked.Write(text[at..]);
        return masked.WrittenSpan.ToArray();
    }

    /// <summary>The frame around masked data, written anew where that stood on several lines.</summary>
    private static ReadOnlySpan<byte> Raw(scoped in Frame frame, ReadOnlySpan<byte> data)
    {
        var raw = new ArrayBufferWriter<byte>(frame.Raw.Length);
        if (!frame.Name.IsEmpty)
        {
            raw.Write("event: "u8);
            raw.Write(frame.Name);
            raw.Write("\n"u8);
        }

        foreach (Range line in data.Split((byte)'\n'))
        {
            raw.Write("data: "u8);
            raw.Write(data[line]);
            raw.Write("\n"u8);
        }

        raw.Write("\n"u8);
        return raw.WrittenSpan;
    }

    /// <param name="Start">In the frame's data.</param>
    /// <param name="IsFirst">Nothing stands for the key yet.</param>
    private readonly record struct Piece(int Start, int End, bool IsFirst);

    /// <summary>What a text ends with.</summary>
    private struct Match
    {
        /// <summary>So many of the key's first letters.</summary>
        public int Fits;

        /// <summary>The client has been told that a key stood there.</summary>
        public bool IsTold;
    }
}
