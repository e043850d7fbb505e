using Lightport.Mcp.Connections;
using Lightport.Mcp.Lists;

namespace Lightport.Mcp;

/// <summary>Tells what this process knows of servers, and asks nobody.</summary>
internal sealed class McpStatus(McpConnections connections, McpConnector connector, ToolLists lists)
{
    public McpServerStatus Of(McpServer server)
    {
        ToolListSlot? remembered = lists.Remembered(server);
        return new McpServerStatus(
            server,
            connector.RevisionOf(server),
            connections.Current(server) is not null,
            remembered?.Last,
            remembered?.LastProblem);
    }
}
