using Lightport.Transport.Body;

namespace Lightport.Transport.Framing;

/// <summary>
/// Cuts a streaming body into frames, wherever its chunks were cut. The caller reads into <see cref="GetMemory"/>, says
/// how much with <see cref="Advance"/>, then takes frames with <see cref="TryRead"/> until there is none.
/// </summary>
public abstract class FrameReader(int maxFrameBytes) : IDisposable
{
    /// <summary>The longest frame that is held: 16 MiB.</summary>
    public const int DefaultMaxFrameBytes = 16 * 1024 * 1024;

    private byte[]? _buffer;
    private int _start;
    private int _end;

    /// <summary>Whether bytes are held that are not yet a whole frame.</summary>
    public bool HasPartialFrame => _end > _start;

    protected ReadOnlySpan<byte> Pending => _buffer.AsSpan(_start, _end - _start);

    /// <summary>
    /// Room for at least <paramref name="sizeHint"/> bytes; ends the life of every frame read before.
    /// </summary>
    /// <exception cref="FrameTooLargeException">A frame is longer than the limit.</exception>
    public Memory<byte> GetMemory(int sizeHint = 4096)
    {
        int held = _end - _start;
        if (held > maxFrameBytes)
        {
            throw new FrameTooLargeException(maxFrameBytes);
        }

        if (_buffer is null)
        {
            _buffer = BodyArrays.Rent(sizeHint);
        }
        else if (_buffer.Length - _end < sizeHint)
        {
            byte[] target = _buffer.Length - held >= sizeHint && _start > 0
                ? _buffer
                : BodyArrays.Rent(Math.Max(held * 2, held + sizeHint));
            _buffer.AsSpan(_start, held).CopyTo(target);
            if (target != _buffer)
            {
                BodyArrays.Return(_buffer);
            }

            (_buffer, _start, _end) = (target, 0, held);
        }

        return _buffer.AsMemory(_end);
    }

    /// <summary>Says that <paramref name="count"/> bytes were put into the memory got last.</summary>
    public void Advance(int count) => _end += count;

    /// <summary>The next whole frame, if there is one.</summary>
    public abstract bool TryRead(out Frame frame);

    /// <summary>The last frame, where the body ended without closing it.</summary>
    public abstract bool TryReadLast(out Frame frame);

    /// <summary>Gives the buffer back while nothing is held, so that a silent stream costs no memory.</summary>
    public void Release()
    {
        if (_buffer is not null && _end == _start)
        {
            BodyArrays.Return(_buffer);
            (_buffer, _start, _end) = (null, 0, 0);
        }
    }

    public void Dispose()
    {
        _start = _end;
        Release();
        GC.SuppressFinalize(this);
    }

    protected void Consume(int count) => _start += count;
}
