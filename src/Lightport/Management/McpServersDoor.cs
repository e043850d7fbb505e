using Lightport.Configuration;
using Lightport.Mcp;

namespace Lightport.Management;

/// <summary>Tells what this instance knows of the configured MCP servers; asks none of them.</summary>
internal sealed class McpServersDoor(IGatewayConfigurationSource configuration, McpStatus status)
{
    public ValueTask ReadAsync(ManagementCall call) => call.AnswerAsync(
        new McpServersAnswer([.. configuration.Current.Mcp.Servers.Select(status.Of).Select(Told)]),
        ManagementJsonContext.Readable.McpServersAnswer);

    private static McpServersAnswer.Server Told(McpServerStatus status) => new(
        status.Server.Label,
        status.Server.Address?.GetLeftPart(UriPartial.Path),
        status.Server.Program?.Command,
        status.Revision,
        status.IsConnected,
        status.List?.Tools.Where(status.Server.Allows).Select(tool => tool.Name).ToArray(),
        status.List?.HeldBack ?? [],
        status.List?.LeftOut ?? [],
        status.Problem);
}
