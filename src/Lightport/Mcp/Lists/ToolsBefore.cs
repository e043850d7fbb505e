namespace Lightport.Mcp.Lists;

/// <summary>
/// Remembers what approved tools said that their server lists otherwise now, or not at all, so that whoever decides can
/// see what has changed. What it still lists so need not be remembered twice.
/// </summary>
internal static class ToolsBefore
{
    /// <summary>In characters, all together: more than one tool may say, and less than a store has room for.</summary>
    private const int Longest = 128 * 1024;

    /// <param name="listed">What the server lists now.</param>
    /// <param name="known">What was kept of it until now; null for nothing.</param>
    /// <param name="approved">The marks of the approved tools, by their names.</param>
    public static IReadOnlyList<McpTool> Of(
        IReadOnlyList<McpTool> listed, StoredTools? known, IReadOnlyDictionary<string, string> approved)
    {
        if (known is null)
        {
            return [];
        }

        Dictionary<string, McpTool> now = listed.ToDictionary(tool => tool.Name, StringComparer.Ordinal);
        var kept = new List<McpTool>();
        int left = Longest;

        // Those that are held back come first: of tools that are gone nobody has to decide anything yet.
        foreach (McpTool tool in known.Before.Concat(known.Tools)
            .Where(tool => IsApproved(tool, approved))
            .DistinctBy(tool => tool.Name)
            .OrderBy(tool => now.ContainsKey(tool.Name) ? 0 : 1))
        {
            if (now.TryGetValue(tool.Name, out McpTool? same) && IsApproved(same, approved))
            {
                continue;
            }

            left -= LengthOf(tool);
            if (left >= 0)
            {
                kept.Add(tool);
            }
        }

        return kept;
    }

    /// <summary>As it was when it was approved; null where that is not known any more.</summary>
    public static McpTool? Find(StoredTools? known, string name, string mark) => known?.Before.Concat(known.Tools)
        .FirstOrDefault(tool => tool.Name == name && ToolMark.IsSame(mark, ToolMark.Of(tool)));

    private static bool IsApproved(McpTool tool, IReadOnlyDictionary<string, string> approved) =>
        approved.TryGetValue(tool.Name, out string? mark) && ToolMark.IsSame(mark, ToolMark.Of(tool));

    private static int LengthOf(McpTool tool) =>
        tool.Name.Length + (tool.Description?.Length ?? 0) + tool.Parameters.GetRawText().Length;
}
