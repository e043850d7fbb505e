namespace Lightport.Conversation;

/// <summary>A chat, whatever dialect it was said in.</summary>
public sealed record ChatRequest : ModelRequest
{
    public required IReadOnlyList<Message> Messages { get; init; }

    public IReadOnlyList<ToolDefinition> Tools { get; init; } = [];

    /// <summary>The MCP servers whose tools the client wants the model to have, in its order.</summary>
    public IReadOnlyList<McpToolset> McpToolsets { get; init; } = [];

    public ToolChoice? ToolChoice { get; init; }

    /// <summary>
    /// The client knows one call an answer, of a function without an id (chat's <c>functions</c> of old).
    /// </summary>
    public bool FunctionsOnly { get; init; }

    /// <summary>Its client may bring calls back without the ids that it was told.</summary>
    public bool CallIdsAreOptional { get; init; }

    public GenerationOptions Options { get; init; } = GenerationOptions.Unsaid;

    /// <summary>Whether a streamed answer should end in usage. Dialects that always tell it say true.</summary>
    public bool IncludeUsage { get; init; }

    /// <summary>Fields that only <see cref="ModelRequest.Dialect"/> knows.</summary>
    public IReadOnlyList<Extension> Extensions { get; init; } = [];
}
