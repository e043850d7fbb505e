using Lightport.Conversation;

namespace Lightport.Bench.Watched;

/// <summary>Counts the letters of an answer, as a guard would at least read them.</summary>
internal sealed class WatchedAnswer : IAnswerFilter
{
    private long _letters;

    public void Filter(StreamEvent streamEvent, List<StreamEvent> passed)
    {
        if (streamEvent is StreamEvent.TextDelta text)
        {
            _letters += text.Text.Length;
        }

        passed.Add(streamEvent);
    }

    public void Complete(List<StreamEvent> passed)
    {
    }
}
