namespace Lightport.Conversation;

/// <summary>Who speaks in a turn. System and developer turns may stand anywhere, in any number.</summary>
public enum Role
{
    System,
    Developer,
    User,
    Assistant,

    /// <summary>Answers to tool calls: its parts are <see cref="ToolResultPart"/> only.</summary>
    Tool,
}
