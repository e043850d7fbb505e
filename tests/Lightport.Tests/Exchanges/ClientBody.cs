using System.Text;

namespace Lightport.Tests.Exchanges;

/// <summary>The client's end of the connection: what has reached it, and whether it takes more just now.</summary>
internal sealed class ClientBody : Stream
{
    private readonly Lock _lock = new();
    private readonly MemoryStream _received = new();
    private readonly List<(string Text, TaskCompletionSource Seen)> _watchers = [];
    private TaskCompletionSource _open = Opened();

    /// <summary>Ended when a write waits because the client does not read.</summary>
    public TaskCompletionSource Stalled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public byte[] Bytes
    {
        get
        {
            lock (_lock)
            {
                return _received.ToArray();
            }
        }
    }

    public string Text => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(Bytes);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => Bytes.Length;

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The client stops reading; its writes wait.</summary>
    public void Stall() => _open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The client reads again.</summary>
    public void Flow() => _open.TrySetResult();

    /// <summary>Ends when the client has received this.</summary>
    public Task Receives(string text)
    {
        lock (_lock)
        {
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _watchers.Add((text, seen));
            Notice();
            return seen.Task;
        }
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_open.Task.IsCompleted)
        {
            Stalled.TrySetResult();
        }

        await _open.Task.WaitAsync(cancellationToken);
        Write(buffer.Span);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        lock (_lock)
        {
            _received.Write(buffer);
            Notice();
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static TaskCompletionSource Opened()
    {
        var opened = new TaskCompletionSource();
        opened.SetResult();
        return opened;
    }

    private void Notice()
    {
        if (_watchers.Count > 0)
        {
            string received = Encoding.UTF8.GetString(_received.GetBuffer(), 0, (int)_received.Length);
            foreach ((string text, TaskCompletionSource seen) in _watchers)
            {
                if (received.Contains(text, StringComparison.Ordinal))
                {
                    seen.TrySetResult();
                }
            }
        }
    }
}
