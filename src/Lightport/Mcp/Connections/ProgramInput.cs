namespace Lightport.Mcp.Connections;

/// <summary>
/// What a program is told, line by line: each line whole or not at all. All requests share its input, and whoever goes
/// while theirs is being written must not leave half of it there, for the next line would be taken for its end.
/// </summary>
/// <param name="inner">The program's standard input.</param>
/// <param name="flood">Is told whether the program reads it.</param>
internal sealed class ProgramInput(Stream inner, FloodLimit flood) : Stream
{
    // Nobody waits for it by its handle, so there is nothing to dispose of.
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>A line whose end has not come.</summary>
    private byte[] _begun = [];

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>
    /// The package writes a message whole, and its line's end by itself: a message without an end is one that nobody
    /// waits for any more, and is forgotten with the next.
    /// </summary>
    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.Span is not [.., (byte)'\n'])
        {
            _begun = buffer.ToArray();
            return;
        }

        byte[] line = [.. _begun, .. buffer.Span];
        _begun = [];
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        await WriteLineAsync(line).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Each line goes out with its end.</summary>
    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Whoever waits may go; it is written to the end, or until the program is ended.</summary>
    private async Task WriteLineAsync(byte[] line)
    {
        flood.BeginTelling();
        try
        {
            await inner.WriteAsync(line, CancellationToken.None).ConfigureAwait(false);
            await inner.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            flood.EndTelling();
            _turn.Release();
        }
    }
}
