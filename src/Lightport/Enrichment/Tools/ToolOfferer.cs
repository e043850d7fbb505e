using Lightport.Conversation;
using Lightport.Mcp;
using Microsoft.Extensions.Logging;

namespace Lightport.Enrichment.Tools;

/// <summary>
/// Finds the tools that a request gets: of the servers that its route names, in their order, and then of those that its
/// client names. All are asked for their lists at once.
/// </summary>
internal sealed partial class ToolOfferer(IMcpServers servers, ILogger<ToolOfferer> logger)
{
    /// <summary>What OpenAI answers where a server cannot be asked for its tools.</summary>
    private const int FailedDependency = 424;

    /// <param name="own">The client's own tools.</param>
    /// <exception cref="GatewayException">
    /// A server that the client names cannot be asked; of those that the route names, the request goes on without.
    /// </exception>
    public async ValueTask<ToolOffer> OfferAsync(
        WantedTools wanted,
        IReadOnlyList<ToolDefinition> own,
        McpCaller caller,
        CancellationToken cancellationToken)
    {
        Task<IReadOnlyList<McpTool>>[] asked =
        [
            .. wanted.OfRoute.Concat(wanted.OfClient.Select(named => named.Server))
                .Select(server => servers.ListAsync(server, caller, cancellationToken).AsTask()),
        ];
        await ((Task)Task.WhenAll(asked)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var offer = new ToolOffer(own);
        for (int i = 0; i < asked.Length; i++)
        {
            bool isOfRoute = i < wanted.OfRoute.Count;
            McpServer server = isOfRoute ? wanted.OfRoute[i] : wanted.OfClient[i - wanted.OfRoute.Count].Server;
            McpToolset? wish = isOfRoute ? null : wanted.OfClient[i - wanted.OfRoute.Count].Wish;
            try
            {
                offer.Add(server, wish, await asked[i].ConfigureAwait(false));
            }
            catch (McpException e) when (wish is null)
            {
                NotListed(logger, caller.RequestId, server.Label, e.Message);
                offer.Lists.Add(new McpToolListPart(server.Label, []) { Error = e.Message });
                offer.Away.Add((server.Label, e.Word));
            }
            catch (McpException e)
            {
                throw new GatewayException(
                    new GatewayError(ErrorStage.Request, ErrorKind.Upstream, FailedDependency, e.Message)
                    {
                        Param = wish!.Field,
                        Code = "mcp_list_tools_failed",
                    },
                    e);
            }
        }

        return offer;
    }

    [LoggerMessage(951, LogLevel.Warning, "{RequestId}: the tools of '{Server}' could not be listed: {Reason}")]
    private static partial void NotListed(ILogger logger, string requestId, string server, string reason);
}
