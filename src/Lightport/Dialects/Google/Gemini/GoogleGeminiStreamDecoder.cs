using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Framing;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Reads a streamed answer, from server-sent events or from the elements of an array. Nothing on this wire says that an
/// answer is over but the body's end.
/// </summary>
/// <param name="requestId">Tells the answer from others where the provider gives it no id.</param>
/// <param name="losses">Told what no client's dialect has a word for.</param>
internal sealed class GoogleGeminiStreamDecoder(string requestId, AnswerLosses losses) : IAnswerDecoder
{
    private readonly GoogleGeminiAnswerReader _answer = new(requestId, losses);

    public bool Ended { get; private set; }

    public void Decode(in Frame frame, List<StreamEvent> events)
    {
        if (Ended || frame.Data.IsEmpty || frame.Data.SequenceEqual("[DONE]"u8))
        {
            return;
        }

        try
        {
            _answer.Read(frame.Data, events);
            if (_answer.Error is { } error)
            {
                Fail(error, events);
            }
        }
        catch (Exception malformed) when (ProviderJson.IsMalformed(malformed))
        {
            Fail(GatewayError.BadUpstream(GoogleGeminiWire.NotJson, ErrorStage.Stream), events);
        }
    }

    public void Complete(List<StreamEvent> events)
    {
        if (Ended)
        {
            return;
        }

        if (!_answer.HasFinish)
        {
            Fail(GatewayError.BadUpstream(GoogleGeminiWire.BrokenOff, ErrorStage.Stream), events);
            return;
        }

        Ended = true;
        _answer.End(events);
    }

    private void Fail(GatewayError error, List<StreamEvent> events)
    {
        Ended = true;
        _answer.TellUsage(events);
        events.Add(new StreamEvent.Failed(error));
    }
}
