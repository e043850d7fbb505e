namespace Lightport.Conversation;

/// <summary>Whether tools may, must or must not be called.</summary>
/// <param name="Mode">Which of them.</param>
/// <param name="Names">The one tool of <see cref="ToolChoiceMode.Named"/>, the several of <see
/// cref="ToolChoiceMode.Allowed"/>.</param>
/// <param name="Required">For <see cref="ToolChoiceMode.Allowed"/>: one of them must be called.</param>
public sealed record ToolChoice(ToolChoiceMode Mode, IReadOnlyList<string> Names, bool Required = false)
{
    public static ToolChoice Auto { get; } = new(ToolChoiceMode.Auto, []);

    public static ToolChoice None { get; } = new(ToolChoiceMode.None, []);

    public static ToolChoice Any { get; } = new(ToolChoiceMode.Required, []);

    public static ToolChoice Named(string name) => new(ToolChoiceMode.Named, [name]);

    /// <summary>
    /// MCP servers by their labels: for <see cref="ToolChoiceMode.Named"/> the one whose tool is named, by the name
    /// there, or any of its tools where none is; for <see cref="ToolChoiceMode.Allowed"/> those all of whose tools are.
    /// </summary>
    public IReadOnlyList<string> Servers { get; init; } = [];

    /// <summary>
    /// What the client is told where nobody puts in what it asks for: it has not sent that itself. Null where it has.
    /// </summary>
    public GatewayError? Unmet { get; init; }
}

/// <summary>How far the model may choose whether it calls a tool, and which.</summary>
public enum ToolChoiceMode
{
    Auto,
    None,
    Required,
    Named,
    Allowed,
}
