using Lightport.Admission;
using Lightport.Conversation;
using Lightport.Mcp;
using Lightport.Routing;

namespace Lightport.Enrichment.Tools;

/// <summary>Whose tools a request is to get of the gateway.</summary>
/// <param name="OfRoute">The servers that its route names and its client does not, in that order.</param>
/// <param name="OfClient">
/// Those that its client names, with what it wants of each: of the route's it can want less, or be asked more often.
/// </param>
/// <param name="Left">What the client wants that is none of the gateway's affair: its provider may run it.</param>
internal sealed record WantedTools(
    IReadOnlyList<McpServer> OfRoute,
    IReadOnlyList<(McpServer Server, McpToolset Wish)> OfClient,
    IReadOnlyList<McpToolset> Left)
{
    public bool HasAny => OfRoute.Count > 0 || OfClient.Count > 0;

    /// <exception cref="GatewayException">A server may not be asked as the client wants it, or not by it.</exception>
    public static WantedTools Of(
        Route route, ChatRequest said, Caller caller, IMcpDirectory directory, ServerRights rights)
    {
        var named = new List<(McpServer Server, McpToolset Wish)>();
        var left = new List<McpToolset>();
        foreach (McpToolset toolset in said.McpToolsets)
        {
            if (directory.Admit(toolset, MayUse) is not { } server)
            {
                left.Add(toolset);
            }
            else if (toolset.NativeOnly is [var field, ..])
            {
                throw GatewayException.BadRequest(
                    $"'{field}' is for a provider that calls '{toolset.Server}' itself, and here the gateway does. "
                    + "Leave it out.",
                    field,
                    "unsupported_field");
            }
            else if (server.IsConfigured && !MayUse(server))
            {
                throw Forbidden(toolset);
            }
            else
            {
                named.Add((server, toolset));
            }
        }

        HashSet<string> labels =
            [.. from one in named where one.Server.IsConfigured select one.Server.Label];
        return new WantedTools(
            [.. route.Tools.Where(label => !labels.Contains(label)).Select(directory.Find).OfType<McpServer>()],
            named,
            left);

        bool MayUse(McpServer server) => route.Tools.Contains(server.Label) || rights.Allow(caller, server);
    }

    private static GatewayException Forbidden(McpToolset toolset) => new(
        new GatewayError(
            ErrorStage.Admission,
            ErrorKind.Permission,
            403,
            $"This key may ask no model that has the MCP server '{toolset.Server}' under `tools`, and so may not name "
            + "it.")
        {
            Param = toolset.Field,
            Code = "mcp_server_not_allowed",
        });
}
