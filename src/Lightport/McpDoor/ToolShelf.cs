using Lightport.Conversation;
using Lightport.Exchanges;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Lightport.McpDoor;

/// <summary>All tools that a caller has at the MCP door.</summary>
internal sealed class ToolShelf(IEnumerable<IDoorTool> own, ILogger<ToolShelf> logger)
{
    /// <summary>How long clients may go by a list: a key's models, and so its tools, may change at any time.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly IDoorTool[] _own = [.. own];

    public ValueTask<ListToolsResult> ListAsync(ListToolsRequestParams? asked, CancellationToken cancellationToken)
    {
        if (asked?.Cursor is not null)
        {
            throw new McpProtocolException(
                "The list of tools has one page: leave 'cursor' out.", McpErrorCode.InvalidParams);
        }

        return new(new ListToolsResult
        {
            Tools = [.. _own.Select(tool => tool.Description)],
            TimeToLive = Lifetime,
            CacheScope = CacheScope.Private,
        });
    }

    /// <exception cref="McpProtocolException">There is no such tool.</exception>
    public async ValueTask<CallToolResult> CallAsync(
        Exchange exchange, Journey journey, CallToolRequestParams asked, CancellationToken cancellationToken)
    {
        IDoorTool tool = Array.Find(_own, tool => tool.Description.Name == asked.Name)
            ?? throw new McpProtocolException(
                "There is no tool of this name; tools/list has those that there are.", McpErrorCode.InvalidParams);
        long begun = exchange.Clock.GetTimestamp();
        string outcome = "ok";
        try
        {
            var call = new ToolCall(exchange, new ToolArguments(asked.Arguments), journey);
            CallToolResult result = await tool.CallAsync(call, cancellationToken).ConfigureAwait(false);
            outcome = result.IsError == true ? "failed" : outcome;
            return result;
        }
        catch (GatewayException e)
        {
            outcome = "refused";
            return ToolResults.Failure(e.Error.Bounded().Message);
        }
        catch (OperationCanceledException)
        {
            outcome = "canceled";
            throw;
        }
        finally
        {
            logger.ToolCalled(
                exchange.RequestId,
                exchange.Caller!.ToString(),
                asked.Name,
                outcome,
                Math.Round(exchange.Clock.GetElapsedTime(begun).TotalMilliseconds, 2));
        }
    }
}
