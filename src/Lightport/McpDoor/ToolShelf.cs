using Lightport.Conversation;
using Lightport.Exchanges;
using Lightport.Exchanges.Rules;
using Lightport.Mcp;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Lightport.McpDoor;

/// <summary>All tools that a caller has at the MCP door: the gateway's own, then those of servers behind it.</summary>
internal sealed class ToolShelf(
    IEnumerable<IDoorTool> own, ServerTools others, ServerRequests requests, ILogger<ToolShelf> logger)
{
    private readonly IDoorTool[] _own = [.. own];

    public async ValueTask<ListToolsResult> ListAsync(
        Exchange exchange, ListToolsRequestParams? asked, CancellationToken cancellationToken)
    {
        OnePage.Check(asked?.Cursor);
        IReadOnlyList<ServerTool> listed = await others.ListAsync(exchange, cancellationToken).ConfigureAwait(false);
        return new ListToolsResult
        {
            Tools = [.. _own.Select(tool => tool.Description), .. listed.Select(tool => tool.Description)],
            TimeToLive = OnePage.Lifetime,
            CacheScope = CacheScope.Private,
        };
    }

    /// <param name="progress">Tells of the call's progress; null where nobody listens.</param>
    /// <exception cref="McpProtocolException">There is no such tool.</exception>
    public async ValueTask<CallToolResult> CallAsync(
        Exchange exchange,
        Journey journey,
        CallToolRequestParams asked,
        ProgressTeller? progress,
        CancellationToken cancellationToken)
    {
        long begun = exchange.Clock.GetTimestamp();

        // A client may have written null.
        string name = asked.Name ?? "";
        string outcome = "ok";
        try
        {
            var call = new ToolCall(exchange, new ToolArguments(asked.Arguments), journey, progress);
            CallToolResult result = await CallAsync(call, name, cancellationToken).ConfigureAwait(false);
            outcome = result.IsError == true ? "failed" : outcome;
            return result;
        }
        catch (GatewayException e)
        {
            outcome = "refused";
            return ToolResults.Refusal(e.Error.Bounded());
        }
        catch (Exception e)
        {
            outcome = e is OperationCanceledException ? "canceled" : e is McpProtocolException ? "unknown" : "crashed";
            throw;
        }
        finally
        {
            logger.ToolCalled(
                exchange.RequestId,
                exchange.Caller!.ToString(),
                ShortText.Of(name, McpBounds.LongestName),
                outcome,
                Math.Round(exchange.Clock.GetElapsedTime(begun).TotalMilliseconds, 2));
        }
    }

    private async ValueTask<CallToolResult> CallAsync(
        ToolCall call, string name, CancellationToken cancellationToken)
    {
        if (Array.Find(_own, tool => tool.Description.Name == name) is { } own)
        {
            return await own.CallAsync(call, cancellationToken).ConfigureAwait(false);
        }

        ServerTool tool = await others.FindAsync(call.Exchange, name, cancellationToken).ConfigureAwait(false)
            ?? throw new McpProtocolException(
                "There is no tool of this name; tools/list has those that there are.", McpErrorCode.InvalidParams);
        return ServerResults.Of(await requests
            .MakeAsync(
                call.Exchange,
                tool.Name,
                new CallFacts(tool.Server.Label, RequestMethods.ToolsCall, tool.Tool.Name, tool.Tool.IsReadOnly),
                tool.Offered.Price,
                bill => others.CallAsync(call, tool, bill, cancellationToken),
                cancellationToken)
            .ConfigureAwait(false));
    }
}
