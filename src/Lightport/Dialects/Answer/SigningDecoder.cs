using Lightport.Conversation;
using Lightport.Transport.Framing;

namespace Lightport.Dialects;

/// <summary>Names the maker in each state that a decoder tells.</summary>
internal sealed class SigningDecoder(IAnswerDecoder decoder, StateMaker maker) : IAnswerDecoder
{
    public bool Ended => decoder.Ended;

    public void Decode(in Frame frame, List<StreamEvent> events)
    {
        int from = events.Count;
        decoder.Decode(frame, events);
        Sign(events, from);
    }

    public void Complete(List<StreamEvent> events)
    {
        int from = events.Count;
        decoder.Complete(events);
        Sign(events, from);
    }

    private void Sign(List<StreamEvent> events, int from)
    {
        for (int i = from; i < events.Count; i++)
        {
            events[i] = maker.Sign(events[i]);
        }
    }
}
