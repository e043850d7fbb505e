using System.Text.Json;
using System.Text.Json.Nodes;
using Lightport.Mcp.Arguments;
using Lightport.Mcp.Connections;
using Lightport.Mcp.Lists;
using Lightport.Mcp.Results;

namespace Lightport.Mcp;

/// <inheritdoc cref="IMcpServers"/>
internal sealed class McpServers(ToolLists lists, McpConnections connections, TimeProvider time) : IMcpServers
{
    public async ValueTask<IReadOnlyList<McpTool>> ListAsync(
        McpServer server, McpCaller caller, CancellationToken cancellationToken)
    {
        ToolList list = await lists.GetAsync(server, caller, cancellationToken).ConfigureAwait(false);
        return server is { AllowedTools: null, AskedTools: null, ReadOnly: false }
            ? list.Tools
            : [.. list.Tools.Where(server.Allows)];
    }

    public async ValueTask<McpOutcome> CallAsync(
        McpServer server,
        McpTool tool,
        JsonElement arguments,
        McpCaller caller,
        Action<string>? progress,
        CancellationToken cancellationToken)
    {
        if (ArgumentCheck.Problem(tool.Parameters, arguments, out JsonElement given) is { } problem)
        {
            return McpOutcome.Unfit(problem);
        }

        using var patience = new CancellationTokenSource(server.CallTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            JsonNode? result = await connections.UseAsync(
                server,
                caller,
                (connection, cancellation) =>
                {
                    connection.TellHeaders(tool);
                    return connection.CallAsync(tool.Name, given, progress, cancellation);
                },
                either.Token).ConfigureAwait(false);
            return ResultReader.Read(result);
        }
        catch (Exception e) when (McpFailure.IsTheServers(e))
        {
            // Whatever broke, it broke because whoever asked is gone.
            cancellationToken.ThrowIfCancellationRequested();
            var failure = McpFailure.Of(e);
            return McpOutcome.Failed(failure.Word, $"The MCP server '{server.Label}' failed. {failure.Sentence}") with
            {
                MayHaveRun = failure.MayHaveRun,
            };
        }
    }
}
