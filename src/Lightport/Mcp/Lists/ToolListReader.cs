using Lightport.Conversation;
using Lightport.Mcp.Connections;
using ModelContextProtocol.Protocol;

namespace Lightport.Mcp.Lists;

/// <summary>Asks a server for its tools, page by page, and takes no more than is bounded.</summary>
internal static class ToolListReader
{
    /// <summary>A server's word on how long its list serves is believed up to this.</summary>
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromHours(24);

    public static async Task<ToolList> ReadAsync(McpConnection connection, CancellationToken cancellationToken)
    {
        var intake = new ToolIntake(connection.Knows);
        TimeSpan? lifetime = null;
        bool isPublic = true;
        string? cursor = null;
        int pages = 0;
        do
        {
            if (++pages > McpBounds.MostPages)
            {
                throw new McpException($"It lists its tools in more than {McpBounds.MostPages} pages.");
            }

            ListToolsResult page = ToolPage.Read(
                await connection.ListAsync(RequestMethods.ToolsList, cursor, cancellationToken).ConfigureAwait(false),
                intake);
            lifetime = Shorter(lifetime, page.TimeToLive);
            isPublic &= page.CacheScope == CacheScope.Public;
            if (page.NextCursor is { } next && next == cursor)
            {
                throw new McpException("It lists the same page of tools again and again.");
            }

            cursor = page.NextCursor;
        }
        while (cursor is not null);

        return new ToolList(intake.InOrder(), lifetime, isPublic) { LeftOut = intake.LeftOut };
    }

    private static TimeSpan? Shorter(TimeSpan? one, TimeSpan? other)
    {
        TimeSpan? shorter = one is null || other is null ? one ?? other : one < other ? one : other;
        return shorter > LongestLifetime ? LongestLifetime : shorter < TimeSpan.Zero ? TimeSpan.Zero : shorter;
    }
}
