using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Lightport.Server.Logging;

/// <summary>
/// Collects the lines of some milliseconds and writes them in one go, so that a line costs its request a copy and no
/// system call. Should the output be stuck or full, lines are left out and their number is told after.
/// </summary>
internal sealed class LineWriter : IDisposable, IAsyncDisposable
{
    private const int MaxPendingBytes = 8 * 1024 * 1024;
    private const int UsualLine = 1024;
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(25);

    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _filled = new(0, 1);
    private readonly Stream _output;
    private readonly Task _writing;
    private ArrayBufferWriter<byte> _pending = new(64 * 1024);
    private ArrayBufferWriter<byte> _spare = new(64 * 1024);
    private long _lost;
    private bool _closed;

    public LineWriter(Stream output)
    {
        _output = output;
        _writing = Task.Run(WriteAllAsync);
    }

    public void Write(string line) => Write(Encoding.UTF8.GetBytes(line));

    /// <summary>A line that can say itself in UTF-8, without a string; line ends in it become spaces.</summary>
    public void Write(DateTimeOffset at, string level, string category, int id, IUtf8SpanFormattable message)
    {
        // Said before the gate, which others wait at: behind it is a copy alone.
        for (int size = UsualLine; ; size *= 2)
        {
            byte[] rented = ArrayPool<byte>.Shared.Rent(size);
            bool fits = Utf8.TryWrite(
                    rented,
                    CultureInfo.InvariantCulture,
                    $"{at.UtcDateTime:s}.{at.Millisecond:D3}Z {level} {category}[{id}] ",
                    out int head)
                & message.TryFormat(rented.AsSpan(head), out int tail, default, CultureInfo.InvariantCulture);
            if (fits)
            {
                Span<byte> line = rented.AsSpan(0, head + tail);
                line.Replace((byte)'\n', (byte)' ');
                line.Replace((byte)'\r', (byte)' ');
                Write(line);
            }

            ArrayPool<byte>.Shared.Return(rented);
            if (fits)
            {
                return;
            }
        }
    }

    /// <summary>Writes what is pending, then stops.</summary>
    public async ValueTask DisposeAsync()
    {
        Close();
        await _closing.CancelAsync().ConfigureAwait(false);
        await _writing.ConfigureAwait(false);
        _filled.Dispose();
        _closing.Dispose();
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private void Write(ReadOnlySpan<byte> line)
    {
        lock (_gate)
        {
            if (_pending.WrittenCount > MaxPendingBytes || _closed)
            {
                Interlocked.Increment(ref _lost);
                return;
            }

            bool first = _pending.WrittenCount == 0;
            _pending.Write(line);
            _pending.Write("\n"u8);
            if (first)
            {
                _filled.Release();
            }
        }
    }

    private void Close()
    {
        lock (_gate)
        {
            if (!_closed)
            {
                _closed = true;
                if (_pending.WrittenCount == 0)
                {
                    _filled.Release();
                }
            }
        }
    }

    private async Task WriteAllAsync()
    {
        while (true)
        {
            await _filled.WaitAsync().ConfigureAwait(false);
            await Task.Delay(Gathering, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            (ArrayBufferWriter<byte> lines, bool last) = Take();
            try
            {
                await _output.WriteAsync(lines.WrittenMemory).ConfigureAwait(false);
                await _output.FlushAsync().ConfigureAwait(false);
            }
            catch (IOException)
            {
                // A disk that is full has room again some day. A pipe that nobody reads has not, and there is no other
                // place to say so: then this goes on for nothing, as cheaply.
                Interlocked.Add(ref _lost, lines.WrittenSpan.Count((byte)'\n'));
            }

            lines.ResetWrittenCount();
            if (last)
            {
                return;
            }
        }
    }

    private (ArrayBufferWriter<byte> Lines, bool Last) Take()
    {
        lock (_gate)
        {
            ArrayBufferWriter<byte> lines = _pending;
            (_pending, _spare) = (_spare, _pending);
            if (Interlocked.Exchange(ref _lost, 0) is > 0 and var count)
            {
                string lost = count.ToString(CultureInfo.InvariantCulture);
                Encoding.UTF8.GetBytes($"{lost} log lines were lost: the output was stuck or full\n", lines);
            }

            return (lines, _closed);
        }
    }
}
