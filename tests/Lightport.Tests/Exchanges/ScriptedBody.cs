using System.Text;

namespace Lightport.Tests.Exchanges;

/// <summary>
/// A provider's answer, told by the test piece by piece: a read waits until there is something. Like a socket's stream
/// it lets an empty read wait for the next byte.
/// </summary>
internal sealed class ScriptedBody : Stream
{
    private readonly Lock _lock = new();
    private readonly Queue<ReadOnlyMemory<byte>> _pieces = new();
    private Exception? _failure;
    private bool _ended;
    private TaskCompletionSource _told = New();
    private TaskCompletionSource _hungry = New();

    /// <summary>Ended when the gateway has read all that was told and waits for more.</summary>
    public Task Hungry
    {
        get
        {
            lock (_lock)
            {
                return _hungry.Task;
            }
        }
    }

    /// <summary>The token of the last read.</summary>
    public CancellationToken Token { get; private set; }

    public bool Disposed { get; private set; }

    public long BytesRead { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public ScriptedBody Tell(string text) => Tell(Encoding.UTF8.GetBytes(text));

    public ScriptedBody Tell(ReadOnlyMemory<byte> bytes) => Tell(() => _pieces.Enqueue(bytes));

    public ScriptedBody End() => Tell(() => _ended = true);

    /// <summary>The connection breaks after what was told.</summary>
    public ScriptedBody Break() => Break(new IOException("connection reset by peer"));

    public ScriptedBody Break(Exception failure) => Tell(() => _failure = failure);

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Token = cancellationToken;
        while (true)
        {
            Task told;
            lock (_lock)
            {
                if (_pieces.TryPeek(out ReadOnlyMemory<byte> piece))
                {
                    return Take(piece, buffer);
                }

                if (_failure is not null)
                {
                    throw _failure;
                }

                if (_ended)
                {
                    return 0;
                }

                told = _told.Task;
                _hungry.TrySetResult();
            }

            await told.WaitAsync(cancellationToken);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    protected override void Dispose(bool disposing)
    {
        Disposed = true;
        base.Dispose(disposing);
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ScriptedBody Tell(Action tell)
    {
        lock (_lock)
        {
            tell();
            (TaskCompletionSource told, _told) = (_told, New());
            _hungry = New();
            told.SetResult();
        }

        return this;
    }

    private int Take(ReadOnlyMemory<byte> piece, Memory<byte> buffer)
    {
        int count = Math.Min(piece.Length, buffer.Length);
        piece[..count].CopyTo(buffer);
        BytesRead += count;
        if (buffer.Length > 0)
        {
            _pieces.Dequeue();
            if (count < piece.Length)
            {
                Requeue(piece[count..]);
            }
        }

        return count;
    }

    private void Requeue(ReadOnlyMemory<byte> rest)
    {
        ReadOnlyMemory<byte>[] later = [.. _pieces];
        _pieces.Clear();
        foreach (ReadOnlyMemory<byte> piece in later.Prepend(rest))
        {
            _pieces.Enqueue(piece);
        }
    }
}
