using System.Buffers;

namespace Lightport.Transport.Framing;

/// <summary>
/// One JSON array that grows: an object in it is a frame as soon as its last brace has come. What stands before it (the
/// opening bracket, a comma, white space that keeps a connection alive) is a part of <see cref="Frame.Raw"/>; the
/// closing bracket is of none. What ends within an object is no frame.
/// </summary>
internal sealed class JsonArrayFrameReader(int maxFrameBytes = FrameReader.DefaultMaxFrameBytes)
    : FrameReader(maxFrameBytes)
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}"u8);

    private Place _place;
    private int _searched;
    private int _start;
    private int _depth;
    private bool _inText;

    public override bool TryRead(out Frame frame)
    {
        if ((_depth > 0 || TryBegin()) && TryEnd())
        {
            ReadOnlySpan<byte> raw = Pending[.._searched];
            frame = new Frame([], raw[_start..], raw);
            Consume(_searched);
            (_searched, _place) = (0, Place.AfterObject);
            return true;
        }

        frame = default;
        return false;
    }

    public override bool TryReadLast(out Frame frame)
    {
        frame = default;
        return false;
    }

    /// <summary>Goes on to the next object's first brace.</summary>
    private bool TryBegin()
    {
        ReadOnlySpan<byte> pending = Pending;
        while (_searched < pending.Length)
        {
            byte next = pending[_searched++];
            if (next == '{' && (_place is Place.Opened or Place.AfterComma))
            {
                (_start, _depth) = (_searched - 1, 1);
                return true;
            }

            if (!" \t\r\n"u8.Contains(next))
            {
                _place = After(next);
            }
        }

        return false;
    }

    private Place After(byte next) => (_place, next) switch
    {
        (Place.Start, (byte)'[') => Place.Opened,
        (Place.AfterObject, (byte)',') => Place.AfterComma,
        (Place.Opened or Place.AfterObject, (byte)']') => Place.Closed,
        _ => throw new MalformedFrameException("it is no JSON array of objects"),
    };

    /// <summary>
    /// Goes on to behind the object's last brace; what was looked through is not looked through again.
    /// </summary>
    private bool TryEnd()
    {
        ReadOnlySpan<byte> pending = Pending;
        while (_searched < pending.Length)
        {
            int offset = _inText
                ? pending[_searched..].IndexOfAny((byte)'"', (byte)'\\')
                : pending[_searched..].IndexOfAny(Structure);
            if (offset < 0)
            {
                _searched = pending.Length;
                return false;
            }

            int at = _searched + offset;
            if (pending[at] == '\\' && at + 1 == pending.Length)
            {
                // What is escaped comes with the next read.
                _searched = at;
                return false;
            }

            _searched = at + (pending[at] == '\\' ? 2 : 1);
            if (IsLast(pending[at]))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsLast(byte mark)
    {
        switch (mark)
        {
            case (byte)'"':
                _inText = !_inText;
                return false;
            case (byte)'{':
                _depth++;
                return false;
            case (byte)'}':
                return --_depth == 0;
            default:
                return false;
        }
    }

    /// <summary>Where between the objects the reader stands.</summary>
    private enum Place
    {
        Start,
        Opened,
        AfterObject,
        AfterComma,
        Closed,
    }
}
