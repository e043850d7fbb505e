using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>Sends events through filters, one after the other.</summary>
internal sealed class AnswerFilterChain(IReadOnlyList<IAnswerFilter> filters)
{
    private List<StreamEvent>? _passed;

    /// <summary>
    /// Puts what the filters make of the events from a place on in these events' place. Where one of them throws, none
    /// of these events is left: what was refused goes nowhere.
    /// </summary>
    public void Apply(List<StreamEvent> events, int from)
    {
        try
        {
            Send(events, from);
        }
        catch
        {
            events.RemoveRange(from, events.Count - from);
            _passed?.Clear();
            throw;
        }
    }

    /// <summary>Adds what each filter held back, as those after it let it pass.</summary>
    public void Complete(List<StreamEvent> events)
    {
        for (int i = 0; i < filters.Count; i++)
        {
            int from = events.Count;
            filters[i].Complete(events);
            for (int next = i + 1; next < filters.Count; next++)
            {
                _passed ??= [];
                for (int at = from; at < events.Count; at++)
                {
                    filters[next].Filter(events[at], _passed);
                }

                Replace(events, from);
            }
        }
    }

    private void Send(List<StreamEvent> events, int from)
    {
        for (int i = 0; i < filters.Count; i++)
        {
            _passed ??= [];
            for (int at = from; at < events.Count; at++)
            {
                filters[i].Filter(events[at], _passed);
            }

            Replace(events, from);
        }
    }

    private void Replace(List<StreamEvent> events, int from)
    {
        events.RemoveRange(from, events.Count - from);
        events.AddRange(_passed!);
        _passed!.Clear();
    }
}
