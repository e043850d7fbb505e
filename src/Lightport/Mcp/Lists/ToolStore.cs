using System.Collections.Concurrent;
using System.Text.Json;
using Lightport.Storage;
using Microsoft.Extensions.Logging;

namespace Lightport.Mcp.Lists;

/// <summary>
/// What is known of configured servers, in the store that all instances share where there is one. A store that fails
/// costs a question to the server, and no more.
/// </summary>
/// <param name="store">Null where this process remembers alone.</param>
internal sealed class ToolStore(IToolListStore? store, ILogger<ToolStore> logger)
{
    /// <summary>In characters; what is longer is kept without the tools, which every instance then asks for itself.
    /// </summary>
    private const int LongestText = 400_000;

    /// <summary>What this process wrote or read last, by label: approval must not be lost where a store is.</summary>
    private readonly ConcurrentDictionary<string, StoredTools> _last =
        new(StringComparer.Ordinal);

    /// <summary>Null where nothing is known of a server of that label.</summary>
    public async ValueTask<StoredTools?> FindAsync(McpServer server, CancellationToken cancellationToken)
    {
        StoredTools? last = _last.GetValueOrDefault(server.Label);
        if (store is null)
        {
            return last;
        }

        try
        {
            string? text = await store.ReadAsync(server.Label, cancellationToken).ConfigureAwait(false);
            return text is null ? last : Read(text) ?? last;
        }
        catch (Exception e) when (e is StoreException or JsonException or OperationCanceledException)
        {
            McpLog.NotKept(logger, server.Label, e.Message);
            return last;
        }
    }

    /// <summary>What older versions did not write is empty; the reader leaves it null.</summary>
    /// <exception cref="JsonException">It is not what was written.</exception>
    private static StoredTools? Read(string text) =>
        JsonSerializer.Deserialize(text, ToolJsonContext.Default.StoredTools) switch
        {
            { Server: null } or { Tools: null } or { Approved: null } =>
                throw new JsonException("A list of tools has gaps."),
            { } read => read with { LeftOut = read.LeftOut ?? [], Before = read.Before ?? [] },
            null => null,
        };

    public async ValueTask KeepAsync(McpServer server, StoredTools tools, CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(server, tools, cancellationToken).ConfigureAwait(false);
        }
        catch (StoreException e)
        {
            McpLog.NotKept(logger, server.Label, e.Message);
        }
    }

    /// <exception cref="StoreException">This process knows, and others will not.</exception>
    public async ValueTask WriteAsync(McpServer server, StoredTools tools, CancellationToken cancellationToken)
    {
        _last[server.Label] = tools;
        if (store is null)
        {
            return;
        }

        string text = JsonSerializer.Serialize(tools, ToolJsonContext.Default.StoredTools);
        if (text.Length > LongestText)
        {
            text = JsonSerializer.Serialize(tools with { Tools = [] }, ToolJsonContext.Default.StoredTools);
        }

        if (text.Length > LongestText)
        {
            text = JsonSerializer.Serialize(
                tools with { Tools = [], Before = [] }, ToolJsonContext.Default.StoredTools);
        }

        await store.WriteAsync(server.Label, text, cancellationToken).ConfigureAwait(false);
    }
}
