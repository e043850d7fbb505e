namespace Lightport.Mcp.Lists;

/// <summary>
/// Holds back tools that are no longer what was approved: a server that is trusted with a search must not make of it,
/// one day, whatever it likes. What is seen for the first time is approved by that.
/// </summary>
/// <param name="Approved">What the approved tools were, those that are new among them.</param>
/// <param name="HeldBack">
/// Those that have changed since, or that are new where no more are remembered: what is not known can change unseen.
/// </param>
internal sealed record ToolPins(IReadOnlyDictionary<string, string> Approved, IReadOnlyList<HeldTool> HeldBack)
{
    /// <param name="known">What is kept of the server; null for nothing.</param>
    public static ToolPins Of(McpServer server, IReadOnlyList<McpTool> tools, StoredTools? known)
    {
        if (server.Pin is null)
        {
            return new ToolPins(new Dictionary<string, string>(), []);
        }

        // A tool that is gone stays approved as it was: it may come back, and then must be the same.
        var approved = new Dictionary<string, string>(
            known?.Pin == server.Pin ? known.Approved : new Dictionary<string, string>(), StringComparer.Ordinal);
        var heldBack = new List<HeldTool>();
        foreach (McpTool tool in tools)
        {
            string mark = ToolMark.Of(tool);
            if (!approved.TryGetValue(tool.Name, out string? was))
            {
                if (approved.Count < Most)
                {
                    approved.Add(tool.Name, mark);
                }
                else
                {
                    heldBack.Add(new HeldTool(tool, mark, ["new"]));
                }
            }
            else if (!ToolMark.IsSame(was, mark))
            {
                heldBack.Add(new HeldTool(tool, mark, ToolMark.Differences(was, mark))
                {
                    Before = ToolsBefore.Find(known, tool.Name, was),
                });
            }
        }

        return new ToolPins(approved, heldBack);
    }

    /// <summary>The list as it may be used.</summary>
    public ToolList Without(ToolList list)
    {
        if (HeldBack.Count == 0)
        {
            return list;
        }

        HashSet<string> names = [.. HeldBack.Select(held => held.Tool.Name)];
        return list with { Tools = [.. list.Tools.Where(tool => !names.Contains(tool.Name))], HeldBack = HeldBack };
    }

    /// <summary>A server that gives its tools new names every day is not remembered for ever.</summary>
    public const int Most = 4 * McpBounds.MostTools;
}
