namespace Lightport.Conversation;

/// <summary>Why the answer ended.</summary>
public enum FinishReason
{
    Stop,
    Length,
    ToolCalls,
    ContentFilter,
}
