namespace Lightport.Mcp.Connections;

/// <summary>
/// The connection to one server, as one identity: opened when it is needed, by one of those who wait, and opened anew
/// after it has ended.
/// </summary>
internal sealed class ConnectionSlot(McpServer server, Func<CancellationToken, Task<McpConnection>> connect)
{
    private readonly Lock _lock = new();
    private Task<McpConnection>? _opening;
    private long _lastUsed;
    private bool _isClosed;

    public McpServer Server => server;

    /// <summary>A timestamp of the clock that <see cref="GetAsync"/> was told.</summary>
    public long LastUsed => Volatile.Read(ref _lastUsed);

    /// <summary>What is connected now; null where nothing is.</summary>
    public McpConnection? Current =>
        _opening is { IsCompletedSuccessfully: true, Result: { IsOver: false } connection } ? connection : null;

    /// <summary>Whoever waits may go; the connection is made for whoever comes next.</summary>
    public async ValueTask<McpConnection> GetAsync(long now, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _lastUsed, now);
        Task<McpConnection> opening;
        McpConnection? ended = null;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (_opening is { IsCompletedSuccessfully: true, Result: { IsOver: true } over })
            {
                (ended, _opening) = (over, null);
            }

            bool isOpen = _opening is { IsFaulted: false, IsCanceled: false };
            opening = isOpen ? _opening! : _opening = OpenAsync();
        }

        if (ended is not null)
        {
            await ended.DisposeAsync().ConfigureAwait(false);
        }

        return await opening.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>This connection is of no use any more; another is opened for whoever comes next.</summary>
    public async ValueTask DropAsync(McpConnection connection)
    {
        lock (_lock)
        {
            if (_opening is not { IsCompletedSuccessfully: true } || !ReferenceEquals(_opening.Result, connection))
            {
                return;
            }

            _opening = null;
        }

        await connection.DisposeAsync().ConfigureAwait(false);
    }

    public async ValueTask CloseAsync()
    {
        if (Take() is { } opening)
        {
            await (await opening.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Ends its program at once, and waits for nothing.</summary>
    public void Kill()
    {
        if (Take() is { IsCompletedSuccessfully: true } opening)
        {
            opening.Result.Kill();
        }
    }

    private Task<McpConnection>? Take()
    {
        lock (_lock)
        {
            _isClosed = true;
            return _opening is { IsFaulted: false, IsCanceled: false } ? _opening : null;
        }
    }

    private async Task<McpConnection> OpenAsync()
    {
        // Nobody waits inside the lock for what is done before the first wait.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using var patience = new CancellationTokenSource(McpBounds.Patience);
        return await connect(patience.Token).ConfigureAwait(false);
    }
}
