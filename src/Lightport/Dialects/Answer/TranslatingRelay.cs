using System.Buffers;
using Lightport.Conversation;
using Lightport.Transport.Framing;

namespace Lightport.Dialects;

/// <summary>A streamed answer that is decoded from the provider's dialect and encoded in the client's.</summary>
/// <param name="promptTokens">What to say of the prompt where the provider tells no usage: an estimate.</param>
public sealed class TranslatingRelay(IStreamDecoder decoder, IStreamEncoder encoder, long promptTokens = 0)
    : IAnswerRelay
{
    private readonly UsageEstimator _estimator = new(promptTokens);
    private readonly List<StreamEvent> _events = [];

    public bool HasContent { get; private set; }

    public bool Ended { get; private set; }

    public GatewayError? Error { get; private set; }

    public TokenUsage? Usage { get; private set; }

    public TokenUsage? SettledUsage => HasContent || ResponseId is not null || Usage is not null
        ? _estimator.Settle(Usage, complete: Finish is not null)
        : null;

    public FinishReason? Finish { get; private set; }

    public string? ResponseId { get; private set; }

    public string? ResponseModel { get; private set; }

    public void Push(in Frame frame, IBufferWriter<byte> output)
    {
        if (Ended || Error is not null)
        {
            return;
        }

        decoder.Decode(frame, _events);
        Drain(output);
        if (decoder.Ended)
        {
            Close(output);
        }
    }

    public void Complete(IBufferWriter<byte> output)
    {
        if (!Ended && Error is null)
        {
            decoder.Complete(_events);
            Drain(output);
        }

        Close(output);
    }

    public void Fail(GatewayError error, IBufferWriter<byte> output)
    {
        if (Error is null)
        {
            _events.Add(new StreamEvent.Failed(error));
            Drain(output);
        }

        Close(output);
    }

    /// <summary>The last of the client's stream. An answer whose provider told no usage ends in an estimate.</summary>
    private void Close(IBufferWriter<byte> output)
    {
        if (Ended)
        {
            return;
        }

        Ended = true;
        if (Error is null && Usage is null)
        {
            _events.Add(new StreamEvent.UsageKnown(_estimator.ToUsage()));
            Drain(output);
        }

        encoder.Complete(output);
    }

    private void Drain(IBufferWriter<byte> output)
    {
        foreach (StreamEvent streamEvent in _events)
        {
            Note(streamEvent);
            encoder.Encode(streamEvent, output);
            if (Error is not null)
            {
                break;
            }
        }

        _events.Clear();
    }

    private void Note(StreamEvent streamEvent)
    {
        switch (streamEvent)
        {
            case StreamEvent.ResponseStart start:
                (ResponseId, ResponseModel) = (start.Id, start.Model);
                break;
            case StreamEvent.UsageKnown known:
                Usage = known.Usage;
                break;
            case StreamEvent.ResponseEnd end:
                Finish ??= end.Finish.Reason;
                HasContent = true;
                break;
            case StreamEvent.Failed failed:
                Error = failed.Error;
                break;
            default:
                HasContent = true;
                _estimator.Add(streamEvent);
                break;
        }
    }
}
