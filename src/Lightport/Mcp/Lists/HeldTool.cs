namespace Lightport.Mcp.Lists;

/// <summary>A tool that is not used, as it is something else than what was approved.</summary>
/// <param name="Tool">As its server describes it now.</param>
/// <param name="Mark">What it is now (<see cref="ToolMark"/>): whoever approves it says which.</param>
/// <param name="Changed">
/// What of it has changed, in <see cref="ToolMark"/>'s words, or <c>new</c>; empty where nobody knows.
/// </param>
internal sealed record HeldTool(McpTool Tool, string Mark, IReadOnlyList<string> Changed)
{
    /// <summary>As it was when it was approved; null where that is not known.</summary>
    public McpTool? Before { get; init; }

    public override string ToString() =>
        Changed.Count == 0 ? Tool.Name : $"{Tool.Name} ({string.Join(", ", Changed)})";
}
