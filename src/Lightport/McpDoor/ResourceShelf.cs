using Lightport.Exchanges;
using Lightport.Mcp;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Lightport.McpDoor;

/// <summary>The resources that a caller has at the MCP door: those of servers behind it.</summary>
internal sealed class ResourceShelf(ServerEntries entries, IMcpCatalog catalog, EntryRequests requests)
{
    public async ValueTask<ListResourcesResult> ListAsync(
        Exchange exchange, ListResourcesRequestParams? asked, CancellationToken cancellationToken)
    {
        OnePage.Check(asked?.Cursor);
        return new ListResourcesResult
        {
            Resources = await entries.ResourcesAsync(exchange, cancellationToken).ConfigureAwait(false),
            TimeToLive = OnePage.Lifetime,
            CacheScope = CacheScope.Private,
        };
    }

    public async ValueTask<ListResourceTemplatesResult> ListTemplatesAsync(
        Exchange exchange, ListResourceTemplatesRequestParams? asked, CancellationToken cancellationToken)
    {
        OnePage.Check(asked?.Cursor);
        return new ListResourceTemplatesResult
        {
            ResourceTemplates = await entries.TemplatesAsync(exchange, cancellationToken).ConfigureAwait(false),
            TimeToLive = OnePage.Lifetime,
            CacheScope = CacheScope.Private,
        };
    }

    /// <exception cref="McpProtocolException">The caller has no such resource, or it cannot be read.</exception>
    public async ValueTask<ReadResourceResult> ReadAsync(
        Exchange exchange, ReadResourceRequestParams? asked, CancellationToken cancellationToken)
    {
        if (entries.FindResource(exchange, asked?.Uri) is not { } found)
        {
            throw EntryRequests.NoResource(exchange, asked?.Uri);
        }

        ReadResourceResult read = await requests
            .AskAsync(
                exchange,
                found.Server,
                RequestMethods.ResourcesRead,
                asked!.Uri,
                found.Uri,
                caller => catalog.ReadAsync(found.Server, found.Uri, caller, cancellationToken),
                cancellationToken)
            .ConfigureAwait(false);
        return new ReadResourceResult
        {
            Contents = [.. read.Contents.Select(content => ServerContents.Of(found.Server, content))],
            TimeToLive = OnePage.Bounded(read.TimeToLive),

            // What a key may read is its own, whatever the server says of those who ask it.
            CacheScope = CacheScope.Private,
        };
    }
}
