using Lightport.Enrichment.Tools;
using Lightport.Exchanges;
using Lightport.Mcp;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;

namespace Lightport.McpDoor;

/// <summary>
/// What the configured MCP servers list beside their tools, for those who come by the gateway's own, as far as they may
/// use the servers and the configuration wants it told.
/// </summary>
internal sealed class ServerEntries(
    IMcpCatalog catalog, ServerRights rights, ServerCallers callers, ILogger<ServerEntries> logger)
{
    public Task<IList<Resource>> ResourcesAsync(Exchange exchange, CancellationToken cancellationToken) => ListAsync(
        exchange,
        "resources",
        server => server.Federation.Resources,
        catalog.ResourcesAsync,
        (server, resource) => new Resource
        {
            Uri = ServerAddress.Of(server, resource.Uri),
            Name = resource.Name,
            Title = resource.Title,
            Description = resource.Description,
            MimeType = resource.MimeType,
            Annotations = resource.Annotations,
            Size = resource.Size,
        },
        cancellationToken);

    public Task<IList<ResourceTemplate>> TemplatesAsync(Exchange exchange, CancellationToken cancellationToken) =>
        ListAsync(
            exchange,
            "templates of resources",
            server => server.Federation.Resources,
            catalog.TemplatesAsync,
            (server, template) => new ResourceTemplate
            {
                UriTemplate = ServerAddress.Of(server, template.UriTemplate),
                Name = template.Name,
                Title = template.Title,
                Description = template.Description,
                MimeType = template.MimeType,
                Annotations = template.Annotations,
            },
            cancellationToken);

    public Task<IList<Prompt>> PromptsAsync(Exchange exchange, CancellationToken cancellationToken) => ListAsync(
        exchange,
        "prompts",
        server => server.Federation.Prompts,
        catalog.PromptsAsync,
        (server, prompt) => new Prompt
        {
            Name = server.Label + ServerTool.Mark + prompt.Name,
            Title = prompt.Title,
            Description = prompt.Description,
            Arguments = prompt.Arguments,
        },
        cancellationToken);

    /// <summary>The server and its own address of a resource that clients know by another.</summary>
    /// <returns>Null where the caller has none of it.</returns>
    public (McpServer Server, string Uri)? FindResource(Exchange exchange, string? address) =>
        address is not null
        && ServerAddress.Parse(address) is { } parsed
        && parsed.Uri.Length <= McpBounds.LongestAddress
        && Array.Find(
            rights.Of(exchange.Caller!),
            server => server.Label == parsed.Label && server.Federation.Resources) is { } server
            ? (server, parsed.Uri)
            : null;

    /// <summary>The server of a prompt, and the prompt's name there.</summary>
    /// <returns>Null where the caller has none of it.</returns>
    public (McpServer Server, string Name)? FindPrompt(Exchange exchange, string? name)
    {
        // Of two labels that fit (one may end in an underscore) the longer is meant.
        McpServer? server = rights.Of(exchange.Caller!)
            .Where(one => one.Federation.Prompts
                && name?.StartsWith(one.Label + ServerTool.Mark, StringComparison.Ordinal) == true)
            .MaxBy(one => one.Label.Length);
        string own = server is null ? "" : name![(server.Label.Length + ServerTool.Mark.Length)..];
        return server is not null && own.Length is > 0 and <= McpBounds.LongestName ? (server, own) : null;
    }

    /// <summary>In the order of the configuration, each server's in its own; one that is away is left out.</summary>
    private async Task<IList<T>> ListAsync<T>(
        Exchange exchange,
        string what,
        Func<McpServer, bool> isWanted,
        Func<McpServer, McpCaller, CancellationToken, ValueTask<IReadOnlyList<T>>> list,
        Func<McpServer, T, T> told,
        CancellationToken cancellationToken)
    {
        McpCaller caller = callers.Of(exchange);
        T[][] lists = await Task.WhenAll(rights.Of(exchange.Caller!).Where(isWanted).Select(async server =>
        {
            try
            {
                IReadOnlyList<T> listed = await list(server, caller, cancellationToken).ConfigureAwait(false);
                return listed.Select(one => told(server, one)).ToArray();
            }
            catch (McpException e)
            {
                logger.ServerLeftOut(caller.RequestId, what, server.Label, e.Message);
                return [];
            }
        })).ConfigureAwait(false);
        return [.. lists.SelectMany(one => one)];
    }
}
