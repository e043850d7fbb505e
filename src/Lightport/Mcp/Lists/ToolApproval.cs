namespace Lightport.Mcp.Lists;

/// <summary>Approves changed tools as somebody has seen them, for all instances.</summary>
internal sealed class ToolApproval(McpStatus status, ToolLists lists, ToolAsker asker, ToolStore store)
{
    /// <param name="marks">Of each tool that is approved, what it was when it was looked at, by its name.</param>
    /// <returns>
    /// Those that are not held back, or are something else by now; none where all were approved, else nothing is.
    /// </returns>
    /// <exception cref="Storage.StoreException">It is approved for this process alone.</exception>
    public async ValueTask<IReadOnlyList<string>> ApproveAsync(
        McpServer server, IReadOnlyDictionary<string, string> marks, CancellationToken cancellationToken)
    {
        McpServerStatus now = await status.OfAsync(server, cancellationToken).ConfigureAwait(false);
        StoredTools? known = await store.FindAsync(server, cancellationToken).ConfigureAwait(false);
        string[] others =
        [
            .. marks.Where(mark => !now.HeldBack.Any(held => held.Tool.Name == mark.Key && held.Mark == mark.Value))
                .Select(mark => mark.Key),
        ];
        if (known is null || known.Pin != server.Pin || others.Length > 0)
        {
            return others.Length > 0 ? others : [.. marks.Keys];
        }

        var approved = new Dictionary<string, string>(known.Approved, StringComparer.Ordinal);
        foreach ((string name, string mark) in marks)
        {
            approved[name] = mark;
        }

        await store.WriteAsync(server, known with { Approved = approved }, cancellationToken).ConfigureAwait(false);
        asker.Forget(server);
        lists.Forget(server);
        return [];
    }
}
