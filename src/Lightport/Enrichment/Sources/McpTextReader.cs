using Lightport.Mcp;

namespace Lightport.Enrichment.Sources;

/// <summary>Reads sources that are MCP servers'.</summary>
internal sealed class McpTextReader(IMcpDirectory servers, IMcpResources resources, TimeProvider clock)
{
    private static readonly Dictionary<string, string> NoArguments = [];

    /// <exception cref="SourceException">It did not answer in time, or not with text.</exception>
    public async Task<string> ReadAsync(McpSource source, McpCaller caller, CancellationToken cancellationToken)
    {
        McpServer server = servers.Find(source.Server)
            ?? throw new SourceException($"there is no MCP server '{source.Server}' any more");
        using var patience = new CancellationTokenSource(source.Wait, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            return source.IsPrompt
                ? await resources.PromptAsync(server, source.Named, NoArguments, caller, either.Token)
                    .ConfigureAwait(false)
                : await resources.ReadAsync(server, source.Named, caller, either.Token).ConfigureAwait(false);
        }
        catch (McpException e)
        {
            throw new SourceException(e.Message, e) { Word = e.Word };
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new SourceException($"it did not answer within {source.Wait.TotalSeconds:0.###} s", e)
            {
                Word = "timeout",
            };
        }
    }
}
