using System.Collections.Concurrent;
using Lightport.Mcp.Connections;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;

namespace Lightport.Mcp.Lists;

/// <summary>
/// Finds out what a server lists: out of the shared store where another instance has just asked, else from the server
/// itself; holds back what has changed, and keeps the rest for others.
/// </summary>
internal sealed class ToolAsker(
    McpConnections connections, McpConnector connector, ToolStore store, TimeProvider time, ILogger<ToolAsker> logger)
{
    private static readonly TimeSpan LongestOutage = TimeSpan.FromHours(24);
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromHours(24);
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    /// <summary>The tools that were held back when a server was asked last, by its label.</summary>
    private readonly ConcurrentDictionary<string, IReadOnlyList<HeldTool>> _heldBack = new(StringComparer.Ordinal);

    /// <param name="isForAll">Every user is told the same, as the server is asked as the gateway.</param>
    /// <param name="last">What this process knew until now; null for nothing.</param>
    /// <param name="changed">Is called where the server says that its tools have changed.</param>
    /// <exception cref="McpException">It cannot be had; the message says why and what to do.</exception>
    public async Task<ToolList> AskAsync(
        McpServer server, McpCaller caller, bool isForAll, ToolList? last, Action changed)
    {
        using var patience = new CancellationTokenSource(server.Patience, time);
        StoredTools? known = server.IsConfigured
            ? await store.FindAsync(server, patience.Token).ConfigureAwait(false)
            : null;
        bool isItsOwn = isForAll && last is null && known is { Tools.Count: > 0 }
            && known.Server == ServerKey.ServerHash(server) && known.Pin == server.Pin;
        TimeSpan left = isItsOwn ? Left(known!) : TimeSpan.Zero;
        if (left > TimeSpan.Zero)
        {
            connector.Know(server, known!.Revision);
            return Of(server, known, left);
        }

        try
        {
            (ToolList list, string revision) = await connections.UseAsync(
                server,
                caller,
                async (connection, cancellation) =>
                {
                    connection.OnChange(
                        NotificationMethods.ToolListChangedNotification, RequestMethods.ToolsList, changed);
                    ToolList read = await ToolListReader.ReadAsync(connection, cancellation).ConfigureAwait(false);
                    return (read, connection.Revision);
                },
                patience.Token).ConfigureAwait(false);
            return await TakeAsync(server, list, revision, isForAll, known, patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (McpFailure.IsTheServers(e))
        {
            var reason = McpFailure.Of(e);
            var failure = new McpException(
                $"The MCP server '{server.Label}' does not list its tools. {reason.Sentence}", e)
            {
                Word = reason.Word,
                IsStarting = e is McpException { IsStarting: true },
            };
            if (!isItsOwn || left < -LongestOutage)
            {
                throw failure;
            }

            TellServesOn(server, failure);
            return Of(server, known!, PauseAfterFailure);
        }
    }

    /// <summary>
    /// The tools that were held back when the server was asked last, for whichever user; none where it was not.
    /// </summary>
    public IReadOnlyList<HeldTool> HeldBackOf(McpServer server) => _heldBack.GetValueOrDefault(server.Label, []);

    /// <summary>What was held back of the server has been approved: the next list says what still is.</summary>
    public void Forget(McpServer server) => _heldBack.TryRemove(server.Label, out _);

    public void TellServesOn(McpServer server, McpException reason) =>
        McpLog.ServesOn(logger, server.Label, "tools", reason.Message);

    private async ValueTask<ToolList> TakeAsync(
        McpServer server,
        ToolList list,
        string revision,
        bool isForAll,
        StoredTools? known,
        CancellationToken cancellationToken)
    {
        if (list.LeftOut.Count > 0)
        {
            McpLog.LeftOut(logger, server.Label, "tools", string.Join(", ", list.LeftOut));
        }

        if (!server.IsConfigured)
        {
            return list;
        }

        var pins = ToolPins.Of(server, list.Tools, known);
        bool isShared = isForAll || list.IsPublic;
        await store.KeepAsync(
            server,
            new StoredTools(
                ServerKey.ServerHash(server),
                time.GetUtcNow(),
                isShared ? (list.Lifetime ?? server.CacheTime).TotalSeconds : 0)
            {
                Revision = revision,
                IsPublic = list.IsPublic,
                Tools = isShared ? list.Tools : [],
                Before = isShared ? ToolsBefore.Of(list.Tools, known, pins.Approved) : [],
                LeftOut = list.LeftOut,
                Pin = server.Pin,
                Approved = pins.Approved,
            },
            cancellationToken).ConfigureAwait(false);
        return Without(server, list, pins);
    }

    private ToolList Of(McpServer server, StoredTools known, TimeSpan lifetime) => Without(
        server,
        new ToolList(known.Tools, lifetime, known.IsPublic) { LeftOut = known.LeftOut },
        ToolPins.Of(server, known.Tools, known));

    private ToolList Without(McpServer server, ToolList list, ToolPins pins)
    {
        // Each change is told once.
        IEnumerable<string> before = HeldBackOf(server).Select(held => held.Mark);
        if (!before.SequenceEqual(pins.HeldBack.Select(held => held.Mark)))
        {
            _heldBack[server.Label] = pins.HeldBack;
            if (pins.HeldBack.Count > 0)
            {
                McpLog.HeldBack(logger, server.Label, string.Join(", ", pins.HeldBack));
            }
        }

        return pins.Without(list);
    }

    /// <summary>
    /// How long a list serves yet: none that was made in the future, as by a clock that was wrong, and none for ever.
    /// </summary>
    private TimeSpan Left(StoredTools known)
    {
        TimeSpan age = time.GetUtcNow() - known.ListedAt;
        return age < -ClockSkew
            ? TimeSpan.Zero
            : TimeSpan.FromSeconds(Math.Clamp(known.Seconds, 0, LongestLifetime.TotalSeconds)) - age;
    }
}
