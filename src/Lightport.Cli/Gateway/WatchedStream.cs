namespace Lightport.Cli.Gateway;

/// <summary>An answer's body that may not grow without end, and that tells whenever something came.</summary>
/// <param name="inner">The body.</param>
/// <param name="mostBytes">Where it is broken off.</param>
/// <param name="came">Called at each read that brought bytes.</param>
internal sealed class WatchedStream(Stream inner, long mostBytes, Action came) : Stream
{
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer,
        CancellationToken cancellationToken = default) => Count(await inner.ReadAsync(buffer, cancellationToken));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Count(inner.Read(buffer, offset, count));

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

    private int Count(int read)
    {
        _read += read;
        if (_read > mostBytes)
        {
            throw new CommandFailure(
                ExitCodes.Unavailable, $"The answer is longer than {mostBytes >> 20} MiB; the rest was not read.")
            {
                Code = "answer_too_long",
            };
        }

        if (read > 0)
        {
            came();
        }

        return read;
    }
}
