using System.Buffers;
using Lightport.Conversation;
using Lightport.Transport.Body;
using Lightport.Transport.Framing;

namespace Lightport.Dialects;

/// <summary>
/// An answer that travels as events: decoded from the provider's dialect, changed by whoever may, encoded in the
/// client's. Until its first content it is held back, for another attempt may take its place.
/// </summary>
/// <param name="call">What was asked; it reads what comes back.</param>
/// <param name="encoder">The request's one encoder, made when there is something to encode.</param>
/// <param name="streams">The client reads events; else one whole answer.</param>
/// <param name="filters">Who may look at the answer and change it, in order.</param>
/// <param name="firstPart">How many parts the client's answer has already, from earlier sources.</param>
/// <param name="mayGoOn">Another source may come after this one, which does not complete the answer.</param>
public sealed class EventRelay(
    Call call,
    Func<IAnswerEncoder> encoder,
    bool streams,
    long promptTokens,
    IReadOnlyList<IAnswerFilter> filters,
    int firstPart = 0,
    bool mayGoOn = false) : AnswerRelay(promptTokens)
{
    /// <summary>An answer that has said nothing for so many events is taken to have begun.</summary>
    private const int MostHeld = 4096;

    /// <summary>A whole answer of more parts is none that a model gave; as events each is far larger.</summary>
    private const int MostParts = 100_000;

    private readonly AnswerFilterChain _filters = new(filters);
    private readonly List<StreamEvent> _events = [];
    private IAnswerDecoder? _decoder;
    private int _parts;
    private bool _released;

    /// <summary>How many parts the client's answer has with this source's.</summary>
    public int NextPart => firstPart + _parts;

    private IAnswerDecoder Decoder => _decoder ??= call.CreateDecoder()
        ?? throw new InvalidOperationException("Answers of this call only pass.");

    public override void Push(in Frame frame, IBufferWriter<byte> output)
    {
        if (Ended || Error is not null)
        {
            return;
        }

        int before = _events.Count;
        Decoder.Decode(frame, _events);
        Drain(before, output);
        if (Decoder.Ended)
        {
            Close(output);
        }
    }

    public override ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> body, PooledBuffer output)
    {
        ChatResponse response = call.ReadWhole(body);
        if (CountParts(response) > MostParts)
        {
            throw GatewayException.BadUpstream($"The provider's answer has more than {MostParts} parts.");
        }

        if (response.Usage is null)
        {
            response = response with { Usage = UsageEstimator.Estimate(response, Estimator.PromptTokens) };
        }

        if (streams || filters.Count > 0)
        {
            foreach (StreamEvent told in ResponseReplay.Events(response))
            {
                // One by one: all events of a long answer at once are many times its length.
                _events.Add(told);
                Drain(_events.Count - 1, output);
            }

            Close(output);
        }
        else
        {
            (Usage, ResponseId, ResponseModel) = (response.Usage, response.Id, response.Model);
            ServiceTier = response.ServiceTier;
            Finish = response.Choices is [var first, ..] ? first.Finish.Reason : null;
            HasContent = Ended = true;
            IAnswerEncoder whole = encoder();
            whole.Encode(new StreamEvent.Whole(response), output);
            whole.Complete(output);
        }

        return output.Written;
    }

    public override void Complete(IBufferWriter<byte> output)
    {
        if (!Ended && Error is null)
        {
            int before = _events.Count;
            Decoder.Complete(_events);
            Drain(before, output);
        }

        Close(output);
    }

    public override void Fail(GatewayError error, IBufferWriter<byte> output)
    {
        if (Error is null && !Ended)
        {
            int before = _events.Count;
            _events.Add(new StreamEvent.Failed(error));
            Drain(before, output);
        }

        Close(output);
    }

    private static long CountParts(ChatResponse response)
    {
        long parts = 0;
        for (int i = 0; i < response.Choices.Count; i++)
        {
            parts += response.Choices[i].Parts.Count;
        }

        return parts;
    }

    /// <summary>The last of the client's answer. One whose provider told no usage ends in an estimate.</summary>
    private void Close(IBufferWriter<byte> output)
    {
        if (Ended)
        {
            return;
        }

        Ended = true;
        if (Error is null && Usage is null)
        {
            int before = _events.Count;
            _events.Add(new StreamEvent.UsageKnown(Estimator.ToUsage()));
            Drain(before, output);
        }

        if (Error is null || _released)
        {
            _filters.Complete(_events);
            Release(output);
            if (Error is not null || !mayGoOn)
            {
                encoder().Complete(output);
            }
        }
    }

    /// <summary>Notes what the events tell, and encodes them once the answer has begun.</summary>
    private void Drain(int from, IBufferWriter<byte> output)
    {
        for (int i = from; i < _events.Count; i++)
        {
            Note(_events[i]);
            if (Error is not null)
            {
                _events.RemoveRange(i + 1, _events.Count - i - 1);
                if (_events[i] is StreamEvent.Failed)
                {
                    _events[i] = new StreamEvent.Failed(Error);
                }

                break;
            }
        }

        _filters.Apply(_events, from);

        // What the encoder has seen cannot be taken back, so no other attempt may take over from there.
        HasContent |= _events.Count > MostHeld;
        if (_released || HasContent)
        {
            Release(output);
        }
    }

    private void Release(IBufferWriter<byte> output)
    {
        _released = true;
        IAnswerEncoder client = encoder();
        foreach (StreamEvent streamEvent in _events)
        {
            if (!TryEncode(client, streamEvent, output))
            {
                break;
            }
        }

        _events.Clear();
    }

    /// <returns>False where the client cannot be told it, and has been told so.</returns>
    private bool TryEncode(IAnswerEncoder client, StreamEvent streamEvent, IBufferWriter<byte> output)
    {
        try
        {
            client.Encode(Placed(streamEvent), output);
            return true;
        }
        catch (GatewayException refused)
        {
            Error = refused.Error;
            client.Encode(new StreamEvent.Failed(refused.Error), output);
            return false;
        }
    }

    /// <summary>A later source's parts are counted on from those of the ones before.</summary>
    private StreamEvent Placed(StreamEvent streamEvent)
    {
        if (streamEvent is not StreamEvent.PartEvent part)
        {
            return streamEvent;
        }

        _parts = Math.Max(_parts, part.Index + 1);
        return firstPart == 0 ? part : part with { Index = part.Index + firstPart };
    }

    private void Note(StreamEvent streamEvent)
    {
        switch (streamEvent)
        {
            case StreamEvent.ResponseStart start:
                (ResponseId, ResponseModel, ServiceTier) = (start.Id, start.Model, start.ServiceTier);
                break;
            case StreamEvent.UsageKnown known:
                Usage = known.Usage;
                ServiceTier = known.ServiceTier ?? ServiceTier;
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
                Estimator.Add(streamEvent);
                break;
        }
    }
}
