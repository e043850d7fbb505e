using System.Buffers;

namespace Lightport.Transport.Framing;

/// <summary>
/// Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html): LF, CR and CRLF line ends, one
/// leading BOM, comments, fields with and without a space, several data lines. <c>id</c> and <c>retry</c> are left out:
/// no provider resumes.
/// </summary>
public sealed class SseFrameReader(int maxFrameBytes = FrameReader.DefaultMaxFrameBytes) : FrameReader(maxFrameBytes)
{
    private ArrayBufferWriter<byte>? _joined;
    private int _blockStart;
    private int _lineStart;
    private int _searched;
    private bool _started;
    private bool _skipLineFeed;

    public override bool TryRead(out Frame frame)
    {
        while (TryFindEnd(out int end))
        {
            if (Parse(Pending[..end], out frame))
            {
                Consume(end);
                StartBlock(0);
                return true;
            }

            // Comments alone make no frame: they are kept to stand before the next, so that no byte is lost.
            StartBlock(end);
        }

        frame = default;
        return false;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// False where what is left carries no data, such as a last comment; <see cref="Frame.Raw"/> holds it.
    /// </remarks>
    public override bool TryReadLast(out Frame frame)
    {
        ReadOnlySpan<byte> rest = Pending;
        bool dispatches = Parse(rest, out frame);
        Consume(rest.Length);
        StartBlock(0);
        return dispatches;
    }

    /// <summary>
    /// Finds the blank line that ends a frame; what was looked through already is not looked through again.
    /// </summary>
    private bool TryFindEnd(out int end)
    {
        end = 0;
        if (!PrepareStart())
        {
            return false;
        }

        ReadOnlySpan<byte> pending = Pending;
        while (true)
        {
            int offset = pending[_searched..].IndexOfAny((byte)'\n', (byte)'\r');
            if (offset < 0)
            {
                _searched = pending.Length;
                return false;
            }

            int lineEnd = _searched + offset;
            bool blank = lineEnd == _lineStart;
            bool lastByteIsReturn = pending[lineEnd] == '\r' && lineEnd + 1 == pending.Length;
            if (lastByteIsReturn && !blank)
            {
                // Whether this is a CR or half of a CRLF shows with the next byte; nothing can be dispatched before it.
                _searched = lineEnd;
                return false;
            }

            int next = lineEnd + 1;
            if (pending[lineEnd] == '\r' && next < pending.Length && pending[next] == '\n')
            {
                next++;
            }

            (_lineStart, _searched) = (next, next);
            if (blank)
            {
                // A blank line may end in half of a CRLF: dispatch now and swallow the LF when it comes.
                _skipLineFeed = lastByteIsReturn;
                end = next;
                return true;
            }
        }
    }

    private bool PrepareStart()
    {
        ReadOnlySpan<byte> pending = Pending;
        if (_skipLineFeed && pending.Length > _blockStart)
        {
            _skipLineFeed = false;
            if (pending[_blockStart] == '\n')
            {
                StartBlock(_blockStart + 1);
            }
        }

        if (!_started)
        {
            ReadOnlySpan<byte> bom = [0xEF, 0xBB, 0xBF];
            if (pending.Length < bom.Length && bom.StartsWith(pending))
            {
                return false;
            }

            _started = true;
            if (pending.StartsWith(bom))
            {
                StartBlock(bom.Length);
            }
        }

        return pending.Length > _blockStart;
    }

    private void StartBlock(int offset) => (_blockStart, _lineStart, _searched) = (offset, offset, offset);

    private bool Parse(ReadOnlySpan<byte> raw, out Frame frame)
    {
        ReadOnlySpan<byte> rest = raw[_blockStart..];
        ReadOnlySpan<byte> name = default;
        ReadOnlySpan<byte> data = default;
        int lines = 0;
        while (!rest.IsEmpty)
        {
            ReadOnlySpan<byte> line = TakeLine(ref rest);
            int colon = line.IndexOf((byte)':');
            ReadOnlySpan<byte> field = colon < 0 ? line : line[..colon];
            ReadOnlySpan<byte> value = colon < 0 ? default : line[(colon + 1)..];
            if (!value.IsEmpty && value[0] == ' ')
            {
                value = value[1..];
            }

            if (field.SequenceEqual("data"u8))
            {
                if (lines++ == 0)
                {
                    data = value;
                    continue;
                }

                Join(data, value, isSecond: lines == 2);
            }
            else if (field.SequenceEqual("event"u8))
            {
                name = value;
            }
        }

        if (lines == 0)
        {
            // Google ends a stream that broke with its error as it is, no event around it.
            data = raw[_blockStart..].Trim(" \t\r\n"u8);
            data = data.StartsWith("{"u8) || data.StartsWith("["u8) ? data : default;
        }

        frame = new Frame(name, lines > 1 ? _joined!.WrittenSpan : data, raw);
        return lines > 0 || !data.IsEmpty;
    }

    /// <summary>Data on several lines is one text with LF between; rare, so it may be copied.</summary>
    private void Join(ReadOnlySpan<byte> first, ReadOnlySpan<byte> next, bool isSecond)
    {
        _joined ??= new ArrayBufferWriter<byte>();
        if (isSecond)
        {
            _joined.ResetWrittenCount();
            _joined.Write(first);
        }

        _joined.Write("\n"u8);
        _joined.Write(next);
    }

    private static ReadOnlySpan<byte> TakeLine(scoped ref ReadOnlySpan<byte> rest)
    {
        int end = rest.IndexOfAny((byte)'\n', (byte)'\r');
        if (end < 0)
        {
            ReadOnlySpan<byte> last = rest;
            rest = default;
            return last;
        }

        ReadOnlySpan<byte> line = rest[..end];
        bool pair = rest[end] == '\r' && end + 1 < rest.Length && rest[end + 1] == '\n';
        rest = rest[(end + (pair ? 2 : 1))..];
        return line;
    }
}
