namespace Lightport.Mcp.Connections;

/// <summary>
/// The connection to one server, as one identity: opened when it is needed, by one of those who wait, and opened anew
/// after it has ended.
/// </summary>
internal sealed class ConnectionSlot(
    McpServer server, TimeProvider time, Func<CancellationToken, Task<McpConnection>> connect)
{
    private readonly Lock _lock = new();
    private readonly StartPause? _pause = server.Program is null ? null : new StartPause(time);
    private Task<McpConnection>? _opening;
    private long _lastUsed;
    private bool _isClosed;

    public McpServer Server => server;

    /// <summary>A timestamp of the clock.</summary>
    public long LastUsed => Volatile.Read(ref _lastUsed);

    /// <summary>What is connected now; null where nothing is.</summary>
    public McpConnection? Current =>
        _opening is { IsCompletedSuccessfully: true, Result: { IsOver: false } connection } ? connection : null;

    /// <summary>Whoever waits may go; the connection is made for whoever comes next.</summary>
    /// <param name="patience">How long the connection may take to be made.</param>
    /// <returns>A connection in use: whoever gets it ends that.</returns>
    public async ValueTask<McpConnection> GetAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        while (true)
        {
            McpConnection connection = await Opening(patience).WaitAsync(cancellationToken).ConfigureAwait(false);
            if (connection.Uses.TryBegin())
            {
                return connection;
            }
        }
    }

    /// <summary>This connection is of no use any more; another is opened for whoever comes next.</summary>
    public void Drop(McpConnection connection)
    {
        lock (_lock)
        {
            if (_opening is { IsCompletedSuccessfully: true } && ReferenceEquals(_opening.Result, connection))
            {
                _opening = null;
            }
        }

        connection.Uses.Retire();
    }

    /// <summary>Nobody uses it from now on; who does goes on to the end.</summary>
    public async ValueTask RetireAsync()
    {
        if (Take() is { } opening)
        {
            (await opening.ConfigureAwait(false)).Uses.Retire();
        }
    }

    /// <summary>Ends it, whoever uses it.</summary>
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

    private Task<McpConnection> Opening(TimeSpan patience)
    {
        Volatile.Write(ref _lastUsed, time.GetTimestamp());
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (_opening is { IsCompletedSuccessfully: true, Result: { IsOver: true } over })
            {
                over.Uses.Retire();
                _opening = null;
            }

            bool isOpen = _opening is { IsFaulted: false, IsCanceled: false };
            return isOpen ? _opening! : _opening = OpenAsync(patience);
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

    private async Task<McpConnection> OpenAsync(TimeSpan longest)
    {
        // Nobody waits inside the lock for what is done before the first wait.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        _pause?.Begin(server);
        using var patience = new CancellationTokenSource(longest, time);
        return await connect(patience.Token).ConfigureAwait(false);
    }
}
