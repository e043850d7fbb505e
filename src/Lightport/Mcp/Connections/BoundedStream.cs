using Lightport.Transport;

namespace Lightport.Mcp.Connections;

/// <summary>Reads so many bytes of JSON and no more, and nothing that is nested too deep.</summary>
/// <param name="inner">What is read, and closed with this.</param>
/// <param name="most">In bytes: of everything, or of each line.</param>
/// <param name="byLine">A line end begins the count anew, as each line is a message of its own.</param>
/// <param name="nesting">Of what is read.</param>
/// <param name="asked">Counts what the server asks for in it; null where nobody does.</param>
/// <param name="flood">Says how fast it is read; null where as fast as it comes.</param>
/// <param name="secrets">Takes out what its server was shown; null where that is nothing.</param>
internal sealed class BoundedStream(
    Stream inner,
    int most,
    bool byLine,
    NestingLimit nesting,
    ServerRequestCount? asked = null,
    FloodLimit? flood = null,
    SecretMask? secrets = null) : Stream
{
    private int _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="AnswerTooLargeException">There is more.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count;
        int kept;
        do
        {
            if (flood is not null)
            {
                await flood.WaitAsync(cancellationToken).ConfigureAwait(false);
            }

            count = asked is null
                ? await inner.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)
                : await asked.ReadAsync(inner, buffer, cancellationToken).ConfigureAwait(false);
            kept = Taken(buffer.Span[..count]);
        }
        while (kept == 0 && count > 0);

        return kept;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (flood is not null)
        {
            throw new NotSupportedException("Whoever reads a program must be able to wait for it.");
        }

        int read;
        int kept;
        do
        {
            read = inner.Read(buffer, offset, count);
            kept = Taken(buffer.AsSpan(offset, read));
        }
        while (kept == 0 && read > 0);

        return kept;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Taken(Span<byte> bytes)
    {
        int end = byLine ? bytes.LastIndexOf((byte)'\n') : -1;
        _read = end < 0 ? _read + bytes.Length : bytes.Length - end - 1;
        if (_read > most)
        {
            throw new AnswerTooLargeException(most);
        }

        flood?.Take(bytes);
        secrets?.Apply(bytes);
        return nesting.Keep(bytes);
    }
}
