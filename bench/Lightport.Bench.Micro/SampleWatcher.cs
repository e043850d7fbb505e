using Lightport.Conversation;

namespace Lightport.Bench.Micro;

/// <summary>Looks at every event and lets it be.</summary>
internal sealed class SampleWatcher : IAnswerFilter
{
    public int Seen { get; private set; }

    public void Filter(StreamEvent streamEvent, List<StreamEvent> passed)
    {
        Seen++;
        passed.Add(streamEvent);
    }

    public void Complete(List<StreamEvent> passed)
    {
    }
}
