namespace Lightport.Conversation;

/// <summary>The tools of an MCP server that a client wants the model to have.</summary>
/// <param name="Server">The server's label.</param>
/// <param name="Field">Where the request says it (<c>tools[0]</c>).</param>
public sealed record McpToolset(string Server, string Field)
{
    /// <summary>Its address, as the client says it; null where the label alone names a configured one.</summary>
    public string? Url { get; init; }

    /// <summary>What the client wants it to be told: never logged, and in no text that this type makes.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>A token for the server that the client has: handled like <see cref="Headers"/>.</summary>
    public string? Authorization { get; init; }

    /// <summary>The tools' names at the server; null for all.</summary>
    public IReadOnlyList<string>? AllowedTools { get; init; }

    /// <summary>Only tools that change nothing may be used.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Which calls the client wants to be asked about; null where it does not say.</summary>
    public McpApproval? Approval { get; init; }

    /// <summary>The tools are not to be shown to the model until a tool search has named them.</summary>
    public bool DeferLoading { get; init; }

    public override string ToString() => $"{Server} at {Field}";
}
