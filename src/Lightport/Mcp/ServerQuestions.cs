using Lightport.Conversation;
using Lightport.Mcp.Connections;

namespace Lightport.Mcp;

/// <summary>Asks servers something once, as long as one of their calls may take.</summary>
internal sealed class ServerQuestions(McpConnections connections, TimeProvider time)
{
    /// <param name="what">Is asked for, as sentences name it.</param>
    /// <exception cref="McpException">It cannot be had; the message says why and what to do.</exception>
    public async ValueTask<T> AskAsync<T>(
        McpServer server,
        McpCaller caller,
        string what,
        Func<McpConnection, CancellationToken, Task<T>> ask,
        CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(server.CallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return await connections.UseAsync(server, caller, ask, either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (McpFailure.IsTheServers(e))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var reason = McpFailure.Of(e);
            throw new McpException(
                $"The MCP server '{server.Label}' does not give {ShortText.Of(what)}. {reason.Sentence}", e)
            {
                Word = reason.Word,
            };
        }
    }
}
