namespace Lightport.Conversation;

/// <summary>Looks at an answer as it passes, and may change it. One an attempt; it may keep state.</summary>
public interface IAnswerFilter
{
    /// <summary>
    /// Adds to <paramref name="passed"/> what goes on instead of the event: itself, nothing for now, or other events.
    /// </summary>
    void Filter(StreamEvent streamEvent, List<StreamEvent> passed);

    /// <summary>The answer is over: adds what was held back.</summary>
    void Complete(List<StreamEvent> passed);
}
