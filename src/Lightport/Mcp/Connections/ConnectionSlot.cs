using System.Globalization;

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
    private readonly CancellationTokenSource _end = new();
    private Task<McpConnection>? _opening;
    private long _lastUsed;
    private long _openedAt;
    private bool _isClosed;

    public McpServer Server => server;

    /// <summary>A timestamp of the clock.</summary>
    public long LastUsed => Volatile.Read(ref _lastUsed);

    /// <summary>What is connected now; null where nothing is.</summary>
    public McpConnection? Current =>
        _opening is { IsCompletedSuccessfully: true, Result: { IsOver: false } connection } ? connection : null;

    /// <summary>Whoever waits may go; the connection is made for whoever comes next.</summary>
    /// <returns>A connection in use: whoever gets it ends that.</returns>
    /// <exception cref="McpException">Its program starts on, and may be there for whoever comes later.</exception>
    public async ValueTask<McpConnection> GetAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            McpConnection connection = await OpenedAsync(Opening(), cancellationToken).ConfigureAwait(false);
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
            if (server.Program is not null)
            {
                await _end.CancelAsync().ConfigureAwait(false);
            }

            (await opening.ConfigureAwait(false)).Uses.Retire();
        }
    }

    /// <summary>Ends it, whoever uses it.</summary>
    public async ValueTask CloseAsync()
    {
        if (Take() is { } opening)
        {
            await _end.CancelAsync().ConfigureAwait(false);
            await (await opening.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Ends its program at once, and waits for nothing.</summary>
    public void Kill()
    {
        Task<McpConnection>? opening = Take();
        _end.Cancel();
        if (opening is { IsCompletedSuccessfully: true })
        {
            opening.Result.Kill();
        }
    }

    /// <summary>A program may take longer to start than a request waits for it.</summary>
    private async Task<McpConnection> OpenedAsync(Task<McpConnection> opening, CancellationToken cancellationToken)
    {
        if (server.Program is null)
        {
            return await opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return await opening.WaitAsync(server.Patience, time, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException && !opening.IsCompleted)
        {
            double seconds = Math.Round(time.GetElapsedTime(Volatile.Read(ref _openedAt)).TotalSeconds);
            throw new McpException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The program is still starting ({seconds} s); a later request finds it. Install it beforehand "
                    + $"where that takes long."),
                e)
            {
                IsStarting = true,
            };
        }
    }

    private Task<McpConnection> Opening()
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
            return isOpen ? _opening! : _opening = OpenAsync();
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
        Volatile.Write(ref _openedAt, time.GetTimestamp());

        // Nobody waits inside the lock for what is done before the first wait.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        _pause?.Begin(server);
        using var longest = new CancellationTokenSource(server.ConnectTime, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(longest.Token, _end.Token);
        McpConnection connection = await connect(either.Token).ConfigureAwait(false);
        if (_end.IsCancellationRequested)
        {
            connection.Kill();
            _end.Token.ThrowIfCancellationRequested();
        }

        return connection;
    }
}
