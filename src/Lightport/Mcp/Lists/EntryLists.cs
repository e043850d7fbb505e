using System.Collections.Concurrent;
using Lightport.Mcp.Connections;
using Microsoft.Extensions.Logging;

namespace Lightport.Mcp.Lists;

/// <summary>
/// One kind of what servers list, each server's for each identity that it is asked as. Kept by this process alone: they
/// are asked for by clients that look around, and not in the way of a model's answer.
/// </summary>
internal sealed class EntryLists<T>(
    EntryKind<T> kind, McpConnections connections, TimeProvider time, ILogger logger)
    where T : class
{
    /// <summary>Servers and users; the lists are asked for anew where there are more.</summary>
    private const int Most = 1024;

    private readonly ConcurrentDictionary<ServerKey, ListSlot<EntryList<T>>> _slots = new();

    /// <exception cref="McpException">It cannot be had; the message says why and what to do.</exception>
    public async ValueTask<IReadOnlyList<T>> GetAsync(
        McpServer server, McpCaller caller, CancellationToken cancellationToken)
    {
        ListSlot<EntryList<T>> slot = Slot(ServerKey.Of(server, caller));
        EntryList<T> list = slot.Fresh ?? await slot.GetAsync(
            _ => AskAsync(server, caller, slot.Outdate),
            server.CacheTime,
            reason => McpLog.ServesOn(logger, server.Label, kind.Words, reason.Message),
            cancellationToken).ConfigureAwait(false);
        return list.Entries;
    }

    private async Task<EntryList<T>> AskAsync(McpServer server, McpCaller caller, Action changed)
    {
        using var patience = new CancellationTokenSource(server.Patience, time);
        try
        {
            EntryList<T> list = await connections.UseAsync(
                server,
                caller,
                (connection, cancellation) =>
                {
                    connection.OnChange(kind.Changed, kind.Method, changed);
                    return EntryReader.ReadAsync(kind, connection, cancellation);
                },
                patience.Token).ConfigureAwait(false);
            if (list.LeftOut.Count > 0)
            {
                McpLog.LeftOut(logger, server.Label, kind.Words, string.Join(", ", list.LeftOut));
            }

            return list;
        }
        catch (Exception e) when (McpFailure.IsTheServers(e))
        {
            var reason = McpFailure.Of(e);
            throw new McpException(
                $"The MCP server '{server.Label}' does not list its {kind.Words}. {reason.Sentence}", e)
            {
                Word = reason.Word,
                IsStarting = e is McpException { IsStarting: true },
            };
        }
    }

    private ListSlot<EntryList<T>> Slot(ServerKey key)
    {
        if (!_slots.TryGetValue(key, out ListSlot<EntryList<T>>? slot))
        {
            if (_slots.Count >= Most)
            {
                _slots.Clear();
            }

            slot = _slots.GetOrAdd(key, static (_, time) => new ListSlot<EntryList<T>>(time), time);
        }

        return slot;
    }
}
