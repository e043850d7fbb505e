using System.Text.Json;
using Lightport.Conversation;
using Lightport.Enrichment.Rounds;
using Lightport.Enrichment.Tools;
using Lightport.Exchanges;
using Lightport.Exchanges.Limits;
using Lightport.Mcp;
using Microsoft.Extensions.Logging;

namespace Lightport.McpDoor;

/// <summary>
/// The tools of the configured MCP servers, for those who come by the gateway's own, as far as they may use them. A
/// tool whose calls must be approved is nobody's here: the protocol has no approval.
/// </summary>
internal sealed class ServerTools(
    IMcpServers servers,
    ServerRights rights,
    ServerCallers callers,
    ToolCaller tools,
    ILogger<ServerTools> logger)
{
    /// <summary>In the order of the configuration, each server's in its own; one that is away is left out.</summary>
    public async ValueTask<IReadOnlyList<ServerTool>> ListAsync(
        Exchange exchange, CancellationToken cancellationToken)
    {
        McpServer[] allowed = Of(exchange);
        if (allowed.Length == 0)
        {
            return [];
        }

        McpCaller caller = callers.Of(exchange);
        ServerTool[][] lists = await Task
            .WhenAll(allowed.Select(server => ListAsync(server, caller, cancellationToken)))
            .ConfigureAwait(false);
        return [.. lists.SelectMany(list => list)];
    }

    /// <returns>Null where the caller has no tool of that name.</returns>
    public async ValueTask<ServerTool?> FindAsync(
        Exchange exchange, string name, CancellationToken cancellationToken)
    {
        foreach (McpServer server in Of(exchange))
        {
            if (name.StartsWith(server.Label + ServerTool.Mark, StringComparison.Ordinal))
            {
                ServerTool[] list = await ListAsync(server, callers.Of(exchange), cancellationToken)
                    .ConfigureAwait(false);
                if (Array.Find(list, tool => tool.Name == name) is { } found)
                {
                    return found;
                }
            }
        }

        return null;
    }

    /// <summary>Told, billed and written down like a call that a model has made.</summary>
    /// <param name="bill">Holds the tool's price by now.</param>
    public ValueTask<McpOutcome> CallAsync(
        ToolCall call, ServerTool tool, RunBill bill, CancellationToken cancellationToken)
    {
        JsonElement arguments = call.Arguments.ToJson();
        return tools.CallAsync(
            tool.Offered,
            new ToolCallPart(call.Exchange.RequestId, tool.Name, arguments.GetRawText()),
            arguments,
            callers.Of(call.Exchange),
            bill,
            call.Progress is { } progress ? progress.Tell : null,
            cancellationToken);
    }

    private McpServer[] Of(Exchange exchange) =>
        [.. rights.Of(exchange.Caller!).Where(server => server.Federation.Tools)];

    private async Task<ServerTool[]> ListAsync(
        McpServer server, McpCaller caller, CancellationToken cancellationToken)
    {
        try
        {
            IReadOnlyList<McpTool> listed =
                await servers.ListAsync(server, caller, cancellationToken).ConfigureAwait(false);
            return
            [
                .. listed
                    .Where(tool => !server.Approval.IsNeededFor(tool.Name))
                    .Select(tool => new ServerTool(server, tool))
                    .Where(tool => tool.IsSound),
            ];
        }
        catch (McpException e)
        {
            logger.ServerLeftOut(caller.RequestId, "tools", server.Label, e.Message);
            return [];
        }
    }
}
