namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>How far an item of the output has come.</summary>
internal enum OpenAIResponsesItemStatus
{
    InProgress,
    Completed,

    /// <summary>The answer was cut off in it.</summary>
    Incomplete,
}
