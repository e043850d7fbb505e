using System.Collections.Concurrent;

namespace Lightport.Mcp.Connections;

/// <summary>
/// The connections in use: one a server and identity. Those by HTTP are closed when nobody has used them for a while; a
/// program runs as long as the configuration names it.
/// </summary>
internal sealed class McpConnections : IAsyncDisposable, IDisposable
{
    private const int Most = 1024;

    private static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<ServerKey, ConnectionSlot> _slots = new();
    private readonly McpConnector _connector;
    private readonly TimeProvider _time;
    private readonly Func<McpSettings> _settings;
    private readonly ITimer _rounds;

    /// <param name="settings">What the configuration says at present.</param>
    public McpConnections(McpConnector connector, Func<McpSettings> settings, TimeProvider time)
    {
        (_connector, _settings, _time) = (connector, settings, time);
        _rounds = time.CreateTimer(_ => Tidy(), null, Round, Round);
    }

    /// <summary>Lets something be asked of a server; once more, where it was surely not heard the first time.</summary>
    /// <exception cref="Exception">What goes wrong; <see cref="McpFailure"/> tells what it means.</exception>
    public async ValueTask<T> UseAsync<T>(
        McpServer server,
        McpCaller caller,
        Func<McpConnection, CancellationToken, Task<T>> use,
        CancellationToken cancellationToken)
    {
        ConnectionSlot slot = SlotOf(server, caller);
        for (bool isSecond = false; ; isSecond = true)
        {
            McpConnection connection =
                await slot.GetAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await use(connection, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (!isSecond && !cancellationToken.IsCancellationRequested
                && McpFailure.IsUnheard(e, connection))
            {
                if (connection.WasRemembered)
                {
                    _connector.Forget(server);
                }

                slot.Drop(connection);
            }
            finally
            {
                connection.Uses.End();
            }
        }
    }

    /// <summary>The connection that there is to a configured server, whoever it is asked for; null for none.</summary>
    public McpConnection? Current(McpServer server)
    {
        string hash = ServerKey.ServerHash(server);
        foreach ((ServerKey key, ConnectionSlot slot) in _slots)
        {
            if (key.Server == hash && slot.Current is { } connection)
            {
                return connection;
            }
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        await _rounds.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAll(_slots.Keys.Select(key => EndAsync(key, slot => slot.CloseAsync()))).ConfigureAwait(false);
    }

    public void Dispose()
    {
        _rounds.Dispose();
        foreach (ServerKey key in _slots.Keys)
        {
            if (_slots.TryRemove(key, out ConnectionSlot? slot))
            {
                slot.Kill();
            }
        }
    }

    private ConnectionSlot SlotOf(McpServer server, McpCaller caller)
    {
        var key = ServerKey.Of(server, caller);
        if (!_slots.TryGetValue(key, out ConnectionSlot? slot))
        {
            if (_slots.Count >= Most)
            {
                CloseOldest();
            }

            slot = _slots.GetOrAdd(
                key,
                static (_, of) => new ConnectionSlot(
                    of.server, of.time, patience => of.connector.ConnectAsync(of.server, of.caller, patience)),
                (server, caller, connector: _connector, time: _time));
        }

        return slot;
    }

    private void CloseOldest()
    {
        ServerKey? oldest = null;
        long used = long.MaxValue;
        foreach ((ServerKey key, ConnectionSlot slot) in _slots)
        {
            if (slot.Server.Program is null && slot.LastUsed < used)
            {
                (oldest, used) = (key, slot.LastUsed);
            }
        }

        if (oldest is { } found)
        {
            _ = RetireAsync(found);
        }
    }

    private void Tidy()
    {
        long now = _time.GetTimestamp();
        foreach ((ServerKey key, ConnectionSlot slot) in _slots)
        {
            bool isOld = slot.Server.Program is null
                ? _time.GetElapsedTime(slot.LastUsed, now) > IdleTime
                : !_settings().Servers.Any(server => ServerKey.ServerHash(server) == key.Server);
            if (isOld)
            {
                _ = RetireAsync(key);
            }
        }
    }

    private Task RetireAsync(ServerKey key) => EndAsync(key, slot => slot.RetireAsync());

    private async Task EndAsync(ServerKey key, Func<ConnectionSlot, ValueTask> end)
    {
        if (!_slots.TryRemove(key, out ConnectionSlot? slot))
        {
            return;
        }

        try
        {
            await end(slot).ConfigureAwait(false);
        }
        catch (Exception e) when (McpFailure.IsTheServers(e))
        {
            // It was no connection, or has ended before it could be closed.
        }
    }
}
