using System.Text.Json;

namespace Lightport.Conversation;

/// <summary>The tools of an MCP server that a client wants the model to have.</summary>
/// <param name="Server">The server's label.</param>
/// <param name="Field">Where the request says it, and as what (<c>tools[0].mcp</c>).</param>
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

    /// <summary>Tools that the client does not want, of all that are allowed.</summary>
    public IReadOnlyList<string> DisabledTools { get; init; } = [];

    /// <summary>Only tools that change nothing may be used.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Which calls the client wants to be asked about; null where it does not say.</summary>
    public McpApproval? Approval { get; init; }

    /// <summary>The tools are not to be shown to the model until a tool search has named them.</summary>
    public bool DeferLoading { get; init; }

    /// <summary>Tools of which the contrary of <see cref="DeferLoading"/> is true.</summary>
    public IReadOnlyList<string> DeferLoadingExceptions { get; init; } = [];

    /// <summary>
    /// Fields that only a provider can honour which runs the tools itself, by their paths: where the gateway is to run
    /// them, the request is refused by the first.
    /// </summary>
    public IReadOnlyList<string> NativeOnly { get; init; } = [];

    /// <summary>The dialect that the client said it in.</summary>
    public string NativeDialect { get; init; } = "";

    /// <summary>The tool in that dialect, whole; null where it has a server alone.</summary>
    public JsonElement? Native { get; init; }

    /// <summary>The server in that dialect, where servers are declared apart from tools.</summary>
    public JsonElement? NativeServer { get; init; }

    /// <summary>Whether the client wants the model to have a tool.</summary>
    /// <param name="tool">Its name at the server.</param>
    /// <param name="isReadOnly">Its server says that it changes nothing.</param>
    public bool Wants(string tool, bool isReadOnly) =>
        (AllowedTools is null || AllowedTools.Contains(tool))
        && !DisabledTools.Contains(tool)
        && (isReadOnly || !ReadOnly);

    /// <summary>Whether a tool is shown to the model only once a tool search has named it.</summary>
    public bool Defers(string tool) => DeferLoading != DeferLoadingExceptions.Contains(tool);

    public override string ToString() => $"{Server} at {Field}";
}
