namespace Lightport.Conversation;

/// <summary>Which calls of an MCP server's tools somebody must approve first.</summary>
/// <param name="Default">Whether those must that are in neither list.</param>
public sealed record McpApproval(bool Default)
{
    public static McpApproval Always { get; } = new(true);

    public static McpApproval Never { get; } = new(false);

    /// <summary>Tools that must be approved, by their names at the server.</summary>
    public IReadOnlyList<string> AlwaysFor { get; init; } = [];

    /// <summary>Tools that need not.</summary>
    public IReadOnlyList<string> NeverFor { get; init; } = [];

    public bool IsNeededFor(string tool) =>
        AlwaysFor.Contains(tool) || (Default && !NeverFor.Contains(tool));
}
