using Lightport.Conversation;
using Lightport.Mcp;
using Lightport.Routing;

namespace Lightport.Enrichment.Tools;

/// <summary>Whose tools a request is to get of the gateway.</summary>
/// <param name="OfRoute">The servers that its route names, in that order.</param>
/// <param name="OfClient">Those that its client names, with what it wants of each.</param>
/// <param name="Left">What the client wants that is none of the gateway's affair: its provider may run it.</param>
internal sealed record WantedTools(
    IReadOnlyList<McpServer> OfRoute,
    IReadOnlyList<(McpServer Server, McpToolset Wish)> OfClient,
    IReadOnlyList<McpToolset> Left)
{
    public bool HasAny => OfRoute.Count > 0 || OfClient.Count > 0;

    /// <exception cref="GatewayException">A server may not be asked as the client wants it.</exception>
    public static WantedTools Of(Route route, ChatRequest said, IMcpDirectory directory)
    {
        var named = new List<(McpServer Server, McpToolset Wish)>();
        var left = new List<McpToolset>();
        foreach (McpToolset toolset in said.McpToolsets)
        {
            if (directory.Admit(toolset) is not { } server)
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
            else
            {
                named.Add((server, toolset));
            }
        }

        return new WantedTools([.. route.Tools.Select(directory.Find).OfType<McpServer>()], named, left);
    }
}
