using Lightport.Mcp.Connections;
using Lightport.Mcp.Lists;

namespace Lightport.Mcp;

/// <summary>Tells what is known of servers, by this process or the store that instances share, and asks no server.
/// </summary>
internal sealed class McpStatus(
    McpConnections connections, McpConnector connector, ToolLists lists, ToolAsker asker, ToolStore store)
{
    public async ValueTask<McpServerStatus> OfAsync(McpServer server, CancellationToken cancellationToken)
    {
        ListSlot<ToolList>? remembered = lists.Remembered(server);
        StoredTools? stored = remembered?.Last is null && server.IsConfigured
            ? await store.FindAsync(server, cancellationToken).ConfigureAwait(false)
            : null;
        ToolList? list = remembered?.Last ?? stored?.ListFor(server);
        return new McpServerStatus(
            server,
            connector.RevisionOf(server) ?? stored?.Revision,
            connections.Current(server) is not null,
            list,
            list?.HeldBack ?? asker.HeldBackOf(server),
            remembered?.LastProblem);
    }
}
