using Lightport.Conversation;
using Lightport.Transport.Framing;

namespace Lightport.Dialects;

/// <summary>Puts a decoder's events into the client's words.</summary>
internal sealed class RestoringStreamDecoder(IAnswerDecoder decoder, AnswerRestorer restorer) : IAnswerDecoder
{
    private readonly List<StreamEvent> _told = [];

    public bool Ended => decoder.Ended;

    public void Decode(in Frame frame, List<StreamEvent> events)
    {
        decoder.Decode(frame, _told);
        Restore(events);
    }

    public void Complete(List<StreamEvent> events)
    {
        decoder.Complete(_told);
        Restore(events);
    }

    private void Restore(List<StreamEvent> events)
    {
        foreach (StreamEvent told in _told)
        {
            restorer.Add(told, events);
        }

        _told.Clear();
    }
}
