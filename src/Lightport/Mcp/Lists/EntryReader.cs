using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lightport.Mcp.Connections;
using ModelContextProtocol;

namespace Lightport.Mcp.Lists;

/// <summary>Asks a server for a list of its, page by page, and takes no more than is bounded.</summary>
internal static class EntryReader
{
    /// <summary>A server's word on how long its list serves is believed up to this.</summary>
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromHours(24);

    /// <summary>A server that does not know the method has none of the kind.</summary>
    public static async Task<EntryList<T>> ReadAsync<T>(
        EntryKind<T> kind, McpConnection connection, CancellationToken cancellationToken)
        where T : class
    {
        var intake = new EntryIntake<T>(kind);
        TimeSpan? lifetime = null;
        string? cursor = null;
        int pages = 0;
        do
        {
            if (++pages > McpBounds.MostPages)
            {
                throw new McpException($"It lists its {kind.Words} in more than {McpBounds.MostPages} pages.");
            }

            JsonNode? said;
            try
            {
                said = await connection.ListAsync(kind.Method, cursor, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (pages == 1 && IsUnknown(e))
            {
                return new EntryList<T>([], null);
            }

            if (said is not JsonObject page || page[kind.Field] is not JsonArray entries)
            {
                throw new JsonException($"A list of {kind.Words} has none.");
            }

            foreach (JsonNode? entry in entries)
            {
                intake.Add(entry);
            }

            lifetime = Shorter(lifetime, page["ttlMs"]);
            string? next = page["nextCursor"]?.GetValue<string>();
            if (next is not null && next == cursor)
            {
                throw new McpException($"It lists the same page of {kind.Words} again and again.");
            }

            cursor = next;
        }
        while (cursor is not null);

        return new EntryList<T>(intake.Taken, lifetime) { LeftOut = intake.LeftOut };
    }

    /// <summary>
    /// By HTTP a server says so with a 404, from revision 2026-07-28 on; of a session a 404 says that it is over.
    /// </summary>
    private static bool IsUnknown(Exception e) => e is McpProtocolException { ErrorCode: McpErrorCode.MethodNotFound }
        or (HttpRequestException { StatusCode: HttpStatusCode.NotFound } and not SessionOverException);

    private static TimeSpan? Shorter(TimeSpan? one, JsonNode? milliseconds)
    {
        if (milliseconds is not JsonValue said || !said.TryGetValue(out double number))
        {
            return one;
        }

        var other = TimeSpan.FromMilliseconds(Math.Clamp(number, 0, LongestLifetime.TotalMilliseconds));
        return one < other ? one : other;
    }
}
