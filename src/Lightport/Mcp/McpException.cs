namespace Lightport.Mcp;

/// <summary>An MCP server could not be asked; the message may be told to clients, and says what to do.</summary>
internal sealed class McpException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>Its program is still starting: nothing is wrong yet, and a later request may find it.</summary>
    public bool IsStarting { get; init; }

    /// <summary>Why, in one word of <see cref="McpFailure"/>'s.</summary>
    public string Word { get; init; } = "refused";
}
