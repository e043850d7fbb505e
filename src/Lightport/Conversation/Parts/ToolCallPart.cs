namespace Lightport.Conversation;

/// <summary>The model's call of a tool.</summary>
/// <param name="CallId">Names the call; its result carries the same id.</param>
/// <param name="Name">The tool's name.</param>
/// <param name="Arguments">A JSON object as text, never empty (<c>{}</c>); for a custom tool its free text.</param>
public sealed record ToolCallPart(string CallId, string Name, string Arguments) : ContentPart
{
    public ToolKind Kind { get; init; } = ToolKind.Function;

    /// <summary>Its client has brought it back without an id, and the one that it has is made of its place.</summary>
    public bool HasMadeId { get; init; }
}
