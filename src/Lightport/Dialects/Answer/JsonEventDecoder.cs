using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Framing;

namespace Lightport.Dialects;

/// <summary>
/// A decoder of a stream whose events are JSON: nothing is read behind the answer's end, and what is no JSON ends it.
/// </summary>
internal abstract class JsonEventDecoder : IAnswerDecoder
{
    public bool Ended { get; protected set; }

    public void Decode(in Frame frame, List<StreamEvent> events)
    {
        ReadOnlySpan<byte> data = frame.Data.Trim(" \r\n\t"u8);
        if (Ended || SaysNothing(data))
        {
            return;
        }

        try
        {
            Read(frame, data, events);
        }
        catch (Exception malformed) when (ProviderJson.IsMalformed(malformed))
        {
            Fail(StreamErrors.NotJson, events);
        }
    }

    public abstract void Complete(List<StreamEvent> events);

    /// <summary>Adds what an event says.</summary>
    /// <param name="data">The frame's data without white space around them.</param>
    protected abstract void Read(in Frame frame, ReadOnlySpan<byte> data, List<StreamEvent> events);

    /// <summary>The answer breaks off here.</summary>
    protected virtual void Fail(GatewayError error, List<StreamEvent> events)
    {
        Ended = true;
        events.Add(new StreamEvent.Failed(error));
    }

    /// <summary>Some who speak another's dialect end every stream as OpenAI does.</summary>
    protected virtual bool SaysNothing(ReadOnlySpan<byte> data) => data.IsEmpty || data.SequenceEqual("[DONE]"u8);
}
