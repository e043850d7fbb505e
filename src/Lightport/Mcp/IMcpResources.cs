namespace Lightport.Mcp;

/// <summary>Reads what MCP servers have to say beside their tools, as text.</summary>
internal interface IMcpResources
{
    /// <summary>The text of a resource; what is no text is left out.</summary>
    /// <exception cref="McpException">It cannot be had; the message says why and what to do.</exception>
    ValueTask<string> ReadAsync(McpServer server, string uri, McpCaller caller, CancellationToken cancellationToken);

    /// <summary>The text of a prompt's messages, one after the other.</summary>
    /// <exception cref="McpException">It cannot be had; the message says why and what to do.</exception>
    ValueTask<string> PromptAsync(
        McpServer server,
        string name,
        IReadOnlyDictionary<string, string> arguments,
        McpCaller caller,
        CancellationToken cancellationToken);
}
