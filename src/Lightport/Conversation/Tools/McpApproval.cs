namespace Lightport.Conversation;

/// <summary>Which calls of an MCP server's tools somebody must approve first.</summary>
/// <param name="Default">Whether those must that are in neither list.</param>
public sealed record McpApproval(bool Default)
{
    public static McpApproval Always { get; } = new(true);

    public static McpApproval Never { get; } = new(false);

    /// <summary>Tools that must be approved, by their names at the server.</summary>
    public IReadOnlyList<string> AlwaysFor { get; init; } = [];

    /// <summary>Tools must be that change nothing, or those that do; null where that does not matter.</summary>
    public bool? AlwaysForReadOnly { get; init; }

    /// <summary>Tools that need not.</summary>
    public IReadOnlyList<string> NeverFor { get; init; } = [];

    /// <summary>Tools need not that change nothing, or those that do; null where that does not matter.</summary>
    public bool? NeverForReadOnly { get; init; }

    /// <param name="tool">Its name at the server.</param>
    /// <param name="isReadOnly">Its server says that it changes nothing.</param>
    public bool IsNeededFor(string tool, bool isReadOnly = false) =>
        Fits(AlwaysFor, AlwaysForReadOnly, tool, isReadOnly)
        || (Default && !Fits(NeverFor, NeverForReadOnly, tool, isReadOnly));

    /// <summary>Where both names and a kind are said, a tool must be of both; where neither is, none fits.</summary>
    private static bool Fits(IReadOnlyList<string> names, bool? ofKind, string tool, bool isReadOnly) =>
        (names.Count > 0 || ofKind is not null)
        && (names.Count == 0 || names.Contains(tool))
        && (ofKind ?? isReadOnly) == isReadOnly;
}
