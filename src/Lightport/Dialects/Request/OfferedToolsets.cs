using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>
/// Tools of MCP servers that the gateway leaves to the provider: only one whose dialect the client speaks can run them.
/// </summary>
internal static class OfferedToolsets
{
    /// <summary>Those that the dialect which is spoken can say.</summary>
    public static List<McpToolset> Of(ChatRequest request, string dialect) =>
        request.McpToolsets.Count == 0 ? [] : Said(request.McpToolsets, dialect);

    /// <exception cref="GatewayException">There are others, and the route does not drop them.</exception>
    public static void RejectOthers(ChatRequest request, string dialect, LossLedger losses)
    {
        foreach (McpToolset toolset in request.McpToolsets)
        {
            if (toolset.NativeDialect != dialect)
            {
                losses.Reject(toolset.Field, Why(toolset));
            }
        }
    }

    /// <summary>A method of its own, or what the lambda needs would be made for requests without any, too.</summary>
    private static List<McpToolset> Said(IReadOnlyList<McpToolset> toolsets, string dialect) =>
        [.. toolsets.Where(toolset => toolset.NativeDialect == dialect)];

    /// <summary>What the gateway runs itself was taken out before: the rest it does not call.</summary>
    private static string Why(McpToolset toolset) => toolset.Url is null
        ? $"'{toolset.Field}' names '{toolset.Server}', which is no MCP server of this gateway."
        : $"'{toolset.Field}' names '{toolset.Server}', which is no MCP server of this gateway, and its address is not "
            + "https:// at a host in `mcp.hosts`.";
}
