namespace Lightport.Conversation;

/// <summary>How a run of a tool stands.</summary>
public enum RunStatus
{
    Running,
    Completed,

    /// <summary>It has ended in an error, which the model is told.</summary>
    Failed,

    /// <summary>It was not run, which the model is told.</summary>
    Refused,
}
