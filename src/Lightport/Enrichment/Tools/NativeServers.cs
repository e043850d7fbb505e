using Lightport.Conversation;
using Lightport.Mcp;
using Lightport.Routing;

namespace Lightport.Enrichment.Tools;

/// <summary>
/// Servers that a client names and the gateway does not know: a provider that calls such servers itself would, with
/// what the conversation holds. Whoever runs the gateway says where that may be.
/// </summary>
internal static class NativeServers
{
    public static bool AreAllowed(Route route, IMcpDirectory directory) => route.NativeMcp ?? directory.AllowsNative;

    /// <param name="left">What the client wants of servers that the gateway does not call.</param>
    /// <exception cref="GatewayException">A 400 that names the first, where they may not be named.</exception>
    public static void Refuse(Route route, IReadOnlyList<McpToolset> left, IMcpDirectory directory)
    {
        if (AreAllowed(route, directory))
        {
            return;
        }

        if (left is [var first, ..])
        {
            throw Refused(first.Field, first.Server);
        }
    }

    private static GatewayException Refused(string field, string server) => GatewayException.BadRequest(
        $"'{field}' names '{ShortText.Of(server)}', which is no MCP server of this gateway, nor one with https:// at a "
        + "host of `mcp.hosts`, and this model's provider may not be asked to call others. Whoever runs the gateway "
        + "can allow that with `native-mcp: on`.",
        field,
        "mcp_server_not_admitted");
}
