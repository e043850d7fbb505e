using System.Text.Json;
using Lightport.Admission;
using Lightport.Admission.Identity;
using Lightport.Configuration;
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
    IGatewayConfigurationSource configuration,
    ToolCaller tools,
    ILogger<ServerTools> logger)
{
    private const string Anonymous = "anonymous";

    /// <summary>In the order of the configuration, each server's in its own; one that is away is left out.</summary>
    public async ValueTask<IReadOnlyList<ServerTool>> ListAsync(
        Exchange exchange, CancellationToken cancellationToken)
    {
        McpServer[] allowed = rights.Of(exchange.Caller!);
        if (allowed.Length == 0)
        {
            return [];
        }

        McpCaller caller = CallerOf(exchange);
        ServerTool[][] lists = await Task
            .WhenAll(allowed.Select(server => ListAsync(server, caller, cancellationToken)))
            .ConfigureAwait(false);
        return [.. lists.SelectMany(list => list)];
    }

    /// <returns>Null where the caller has no tool of that name.</returns>
    public async ValueTask<ServerTool?> FindAsync(
        Exchange exchange, string name, CancellationToken cancellationToken)
    {
        foreach (McpServer server in rights.Of(exchange.Caller!))
        {
            if (name.StartsWith(server.Label + ServerTool.Mark, StringComparison.Ordinal))
            {
                ServerTool[] list = await ListAsync(server, CallerOf(exchange), cancellationToken)
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
            CallerOf(call.Exchange),
            bill,
            call.Progress is { } progress ? progress.Tell : null,
            cancellationToken);
    }

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
            logger.ServerLeftOut(caller.RequestId, server.Label, e.Message);
            return [];
        }
    }

    /// <summary>A token is the caller's own, and is exchanged for a server's where that asks for it.</summary>
    private McpCaller CallerOf(Exchange exchange)
    {
        ReadOnlySpan<char> shown = KeyReader.ReadHeaders(exchange.Context.Request);
        bool isToken = configuration.Current.Admission.Identity is not null && TokenParts.IsShapedAsOne(shown);
        return new McpCaller(exchange.Caller!.KeyId ?? Anonymous, exchange.RequestId)
        {
            UserToken = isToken ? shown.ToString() : null,
        };
    }
}
