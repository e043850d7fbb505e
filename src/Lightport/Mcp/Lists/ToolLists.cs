using System.Collections.Concurrent;
using Lightport.Mcp.Connections;
using Microsoft.Extensions.Logging;

namespace Lightport.Mcp.Lists;

/// <summary>
/// Remembers what servers list: for every user where a server is asked as the gateway, or says that all are told the
/// same; for one user else.
/// </summary>
internal sealed class ToolLists(ToolAsker asker, TimeProvider time)
{
    /// <summary>Configured servers and users; the lists are asked for anew where there are more.</summary>
    private const int Most = 1024;

    /// <summary>The same of servers that clients have named by address.</summary>
    private const int MostNamed = 128;

    private readonly ConcurrentDictionary<ServerKey, ListSlot<ToolList>> _slots = new();

    /// <summary>By themselves: a client that names ever other servers, or shows them ever other tokens, takes nothing
    /// from what is known of the configured ones.</summary>
    private readonly ConcurrentDictionary<ServerKey, ListSlot<ToolList>> _named = new();

    /// <exception cref="McpException">It cannot be had; the message says why and what to do.</exception>
    public async ValueTask<ToolList> GetAsync(McpServer server, McpCaller caller, CancellationToken cancellationToken)
    {
        ServerKey key = Pinned(server, ServerKey.Of(server, caller));
        bool isForAll = key == key.ForAll;
        if (!isForAll && Slot(server, key.ForAll).Fresh is { } forAll)
        {
            return forAll;
        }

        ListSlot<ToolList> slot = Slot(server, key);
        return slot.Fresh ?? await slot.GetAsync(
            async last =>
            {
                ToolList list = await asker.AskAsync(server, caller, isForAll, last, () => Outdate(server, key))
                    .ConfigureAwait(false);
                if (list.IsPublic && !isForAll)
                {
                    Slot(server, key.ForAll).Know(list, list.Lifetime ?? server.CacheTime);
                }

                return list;
            },
            server.CacheTime,
            reason => asker.TellServesOn(server, reason),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What is remembered of a server's list for all users; null for nothing.</summary>
    public ListSlot<ToolList>? Remembered(McpServer server) =>
        _slots.GetValueOrDefault(Pinned(server, new ServerKey(ServerKey.ServerHash(server), "")));

    /// <summary>Whoever comes next finds out anew what the server lists, or what is kept of it.</summary>
    public void Forget(McpServer server)
    {
        string pinned = Pinned(server, new ServerKey(ServerKey.ServerHash(server), "")).Server;
        foreach (ServerKey key in _slots.Keys.Where(key => key.Server == pinned))
        {
            _slots.TryRemove(key, out _);
        }
    }

    /// <summary>Another pin approves other tools of the same list.</summary>
    private static ServerKey Pinned(McpServer server, ServerKey key) =>
        key with { Server = $"{key.Server} {server.Pin}" };

    private void Outdate(McpServer server, ServerKey key)
    {
        Slot(server, key).Outdate();
        Slot(server, key.ForAll).Outdate();
    }

    private ListSlot<ToolList> Slot(McpServer server, ServerKey key)
    {
        (ConcurrentDictionary<ServerKey, ListSlot<ToolList>> slots, int most) =
            server.IsConfigured ? (_slots, Most) : (_named, MostNamed);
        if (!slots.TryGetValue(key, out ListSlot<ToolList>? slot))
        {
            if (slots.Count >= most)
            {
                slots.Clear();
            }

            slot = slots.GetOrAdd(key, static (_, time) => new ListSlot<ToolList>(time), time);
        }

        return slot;
    }
}
