using System.Buffers;
using System.IO.Pipelines;
using Lightport.Transport.Framing;
using Microsoft.AspNetCore.Http;

namespace Lightport.Exchanges;

/// <summary>
/// The client's side of a stream: begun with headers when the first bytes go out, and kept alive by a comment when it
/// has been silent, from the request's arrival on. Azure's front end ends a response after 230 s without a byte.
/// </summary>
internal sealed class ClientStream : IAsyncDisposable
{
    private static readonly TimeSpan KeepAliveAfter = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(5);

    private readonly Exchange _exchange;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly ITimer _timer;
    private long _lastWrite;

    public ClientStream(Exchange exchange)
    {
        _exchange = exchange;
        _lastWrite = exchange.Clock.GetTimestamp();
        _timer = exchange.Clock.CreateTimer(static state => ((ClientStream)state!).OnTick(), this, Tick, Tick);
    }

    /// <summary>The status line has gone out: whatever happens now is told inside the stream.</summary>
    public bool Started { get; private set; }

    public IBufferWriter<byte> Output => Writer;

    private PipeWriter Writer => _exchange.Context.Response.BodyWriter;

    public Task LockAsync(CancellationToken cancellationToken) => _writing.WaitAsync(cancellationToken);

    public void Unlock() => _writing.Release();

    /// <summary>Sends the status line and headers, unless they have gone already.</summary>
    public void Start(IReadOnlyList<KeyValuePair<string, string>> providerHeaders)
    {
        if (!Started)
        {
            Started = true;
            HttpResponse response = _exchange.Context.Response;
            response.StatusCode = StatusCodes.Status200OK;
            response.ContentType = "text/event-stream";
            response.Headers.CacheControl = "no-cache";
            ResponseHeaders.Write(_exchange, providerHeaders);
        }
    }

    /// <summary>Waits while the client reads slower than the provider writes.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await Writer.FlushAsync(cancellationToken).ConfigureAwait(false);
        _exchange.MarkFirstByte();
        _lastWrite = _exchange.Clock.GetTimestamp();
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync().ConfigureAwait(false);

        // Taken and never given back: a keep-alive under way ends first, and no other begins on a response that is
        // over.
        await _writing.WaitAsync().ConfigureAwait(false);
    }

    private void OnTick()
    {
        if (_exchange.Clock.GetElapsedTime(_lastWrite) >= KeepAliveAfter && !_exchange.Aborted.IsCancellationRequested)
        {
            _ = KeepAliveAsync();
        }
    }

    private async Task KeepAliveAsync()
    {
        try
        {
            if (!await _writing.WaitAsync(TimeSpan.Zero).ConfigureAwait(false))
            {
                return;
            }

            try
            {
                Start([]);
                Writer.Write(SseFrameWriter.KeepAlive);
                await FlushAsync(_exchange.Aborted).ConfigureAwait(false);
            }
            finally
            {
                _writing.Release();
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or IOException
            or InvalidOperationException)
        {
            // The client has gone or the answer has ended meanwhile; whoever writes it will see that for itself.
        }
    }
}
