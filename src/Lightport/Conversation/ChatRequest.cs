namespace Lightport.Conversation;

/// <summary>What a client asks for, whatever dialect it was said in.</summary>
public sealed class ChatRequest
{
    /// <summary>The model's name as the client gave it.</summary>
    public required string Model { get; init; }

    /// <summary>The served dialect that the request came in, whose <see cref="Extensions"/> these are.</summary>
    public required string Dialect { get; init; }

    public required IReadOnlyList<Message> Messages { get; init; }

    public IReadOnlyList<ToolDefinition> Tools { get; init; } = [];

    public ToolChoice? ToolChoice { get; init; }

    /// <summary>
    /// The client knows one call an answer, of a function without an id (chat's <c>functions</c> of old).
    /// </summary>
    public bool FunctionsOnly { get; init; }

    public GenerationOptions Options { get; init; } = new();

    public bool Stream { get; init; }

    /// <summary>Whether a streamed answer should end in usage. Dialects that always tell it say true.</summary>
    public bool IncludeUsage { get; init; }

    public IReadOnlyList<Extension> Extensions { get; init; } = [];
}
