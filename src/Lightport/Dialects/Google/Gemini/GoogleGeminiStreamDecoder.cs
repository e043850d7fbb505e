using Lightport.Conversation;
using Lightport.Transport.Framing;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Reads a streamed answer, from server-sent events or from the elements of an array. Nothing on this wire says that an
/// answer is over but the body's end.
/// </summary>
/// <param name="requestId">Tells the answer from others where the provider gives it no id.</param>
/// <param name="losses">Told what no client's dialect has a word for.</param>
internal sealed class GoogleGeminiStreamDecoder(string requestId, AnswerLosses losses) : JsonEventDecoder
{
    private readonly GoogleGeminiAnswerReader _answer = new(requestId, losses);

    protected override void Read(in Frame frame, ReadOnlySpan<byte> data, List<StreamEvent> events)
    {
        _answer.Read(data, events);
        if (_answer.Error is { } error)
        {
            Fail(error, events);
        }
    }

    public override void Complete(List<StreamEvent> events)
    {
        if (Ended)
        {
            return;
        }

        if (!_answer.HasFinish)
        {
            Fail(StreamErrors.BrokenOff, events);
            return;
        }

        Ended = true;
        _answer.End(events);
    }

    protected override void Fail(GatewayError error, List<StreamEvent> events)
    {
        _answer.TellUsage(events);
        base.Fail(error, events);
    }
}
