using System.Buffers;

namespace Lightport.Exchanges;

/// <summary>
/// Sends bytes that say nothing to a client whose stream has been silent, from the request's arrival on, and keeps them
/// from coming between others. Azure's front end ends a response after 230 s without a byte.
/// </summary>
internal sealed class KeepAlive : IAsyncDisposable
{
    private static readonly TimeSpan After = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(5);

    private readonly ClientAnswer _client;
    private readonly Exchange _exchange;
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly ITimer? _timer;
    private long _lastWrite;
    private bool _ended;

    public KeepAlive(ClientAnswer client, Exchange exchange)
    {
        (_client, _exchange) = (client, exchange);
        _lastWrite = exchange.Clock.GetTimestamp();
        _timer = exchange.Facts.Format.KeepAlive.IsEmpty
            ? null
            : exchange.Clock.CreateTimer(static state => ((KeepAlive)state!).OnTick(), this, Tick, Tick);
    }

    public Task LockAsync(CancellationToken cancellationToken) => _writing.WaitAsync(cancellationToken);

    public void Unlock() => _writing.Release();

    /// <summary>Nothing more is sent; called by whoever holds the lock.</summary>
    public void End() => _ended = true;

    public void MarkWrite() => _lastWrite = _exchange.Clock.GetTimestamp();

    public async ValueTask DisposeAsync()
    {
        if (_timer is not null)
        {
            await _timer.DisposeAsync().ConfigureAwait(false);
        }

        // Taken and never given back: a keep-alive under way ends first, and no other begins on a response that is
        // over.
        await _writing.WaitAsync().ConfigureAwait(false);
    }

    private void OnTick()
    {
        if (_exchange.Clock.GetElapsedTime(_lastWrite) >= After && !_exchange.Aborted.IsCancellationRequested)
        {
            _ = SendAsync();
        }
    }

    private async Task SendAsync()
    {
        try
        {
            if (!await _writing.WaitAsync(TimeSpan.Zero).ConfigureAwait(false))
            {
                return;
            }

            try
            {
                if (_ended)
                {
                    return;
                }

                _client.Start([]);
                _client.Output.Write(_exchange.Facts.Format.KeepAlive.Span);
                await _client.FlushAsync(_exchange.Aborted).ConfigureAwait(false);
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
