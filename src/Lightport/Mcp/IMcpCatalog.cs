using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace Lightport.Mcp;

/// <summary>
/// Asks MCP servers for what they have beside their tools, in the protocol's own words: for those who speak it
/// themselves.
/// </summary>
internal interface IMcpCatalog
{
    /// <summary>Mostly from memory.</summary>
    /// <exception cref="McpException">They cannot be had; the message says why and what to do.</exception>
    ValueTask<IReadOnlyList<Resource>> ResourcesAsync(
        McpServer server, McpCaller caller, CancellationToken cancellationToken);

    /// <inheritdoc cref="ResourcesAsync"/>
    ValueTask<IReadOnlyList<ResourceTemplate>> TemplatesAsync(
        McpServer server, McpCaller caller, CancellationToken cancellationToken);

    /// <inheritdoc cref="ResourcesAsync"/>
    ValueTask<IReadOnlyList<Prompt>> PromptsAsync(
        McpServer server, McpCaller caller, CancellationToken cancellationToken);

    /// <exception cref="McpException">It cannot be had; the message says why and what to do.</exception>
    ValueTask<ReadResourceResult> ReadAsync(
        McpServer server, string uri, McpCaller caller, CancellationToken cancellationToken);

    /// <param name="arguments">As the client gave them; null for none.</param>
    /// <inheritdoc cref="ReadAsync"/>
    ValueTask<GetPromptResult> PromptAsync(
        McpServer server,
        string name,
        JsonObject? arguments,
        McpCaller caller,
        CancellationToken cancellationToken);

    /// <summary>What an argument of a prompt, or of a template's address, could be.</summary>
    /// <inheritdoc cref="ReadAsync"/>
    ValueTask<CompleteResult> CompleteAsync(
        McpServer server, CompleteRequestParams asked, McpCaller caller, CancellationToken cancellationToken);
}
