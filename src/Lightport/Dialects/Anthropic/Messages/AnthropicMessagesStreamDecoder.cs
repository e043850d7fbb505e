using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Framing;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// Reads a streamed answer. Events and deltas of kinds that are not known are passed over, as the API asks of its
/// clients.
/// </summary>
/// <param name="losses">Told of thinking that the model was not shown; null where nobody asks.</param>
internal sealed class AnthropicMessagesStreamDecoder(AnswerLosses? losses = null) : JsonEventDecoder
{
    private readonly AnthropicMessagesOpenBlock _block = new();
    private TokenUsage? _usage;
    private Finish? _finish;
    private bool _started;

    protected override void Read(in Frame frame, ReadOnlySpan<byte> data, List<StreamEvent> events) =>
        Decode(data, AnthropicMessagesEvent.Read(data), events);

    public override void Complete(List<StreamEvent> events)
    {
        if (Ended)
        {
            return;
        }

        if (_finish is not null)
        {
            // Only the terminator is missing; the answer and its end are known.
            End(events);
            return;
        }

        Fail(StreamErrors.BrokenOff, events);
    }

    private void Decode(ReadOnlySpan<byte> data, AnthropicMessagesEvent frame, List<StreamEvent> events)
    {
        if (frame.Type.SequenceEqual("content_block_delta"u8))
        {
            Start(null, null, events);
            _block.Add(AnthropicMessagesDelta.Read(frame.Delta), events);
        }
        else if (frame.Type.SequenceEqual("content_block_start"u8))
        {
            Start(null, null, events);
            _block.Open(frame.ContentBlock, events);
        }
        else if (frame.Type.SequenceEqual("content_block_stop"u8))
        {
            _block.Close(events);
        }
        else if (frame.Type.SequenceEqual("message_start"u8))
        {
            NoteDropped(data);
            AnthropicMessagesHead head = AnthropicMessagesHead.Read(frame.Message);
            Start(head.Id, head.Model, events, AnthropicMessagesUsage.ReadTier(head.Usage));
            Count(head.Usage, events);
        }
        else if (frame.Type.SequenceEqual("message_delta"u8))
        {
            NoteDropped(data);
            _block.Close(events);
            TakeFinish(AnthropicMessagesDelta.Read(frame.Delta));
            Count(frame.Usage, events);
        }
        else if (frame.Type.SequenceEqual("message_stop"u8))
        {
            End(events);
        }
        else if (frame.Type.SequenceEqual("error"u8) || (frame.Type.IsEmpty && !frame.Error.IsEmpty))
        {
            Fail(AnthropicMessagesErrors.Read(null, data) with { Stage = ErrorStage.Stream }, events);
        }
    }

    /// <summary>In <c>input_transformations</c>, of an event that has no text of the answer.</summary>
    private void NoteDropped(ReadOnlySpan<byte> data)
    {
        if (losses is not null && data.IndexOf("\"thinking_dropped\""u8) >= 0)
        {
            losses.Add(AnthropicMessagesWire.ThinkingDropped);
        }
    }

    private void Start(string? id, string? model, List<StreamEvent> events, string? serviceTier = null)
    {
        if (!_started)
        {
            _started = true;
            events.Add(new StreamEvent.ResponseStart(id ?? "", model ?? "", 0) { ServiceTier = serviceTier });
        }
    }

    private void Count(ReadOnlySpan<byte> usage, List<StreamEvent> events)
    {
        if (!usage.IsEmpty)
        {
            _usage = AnthropicMessagesUsage.Read(usage, _usage);
            events.Add(new StreamEvent.UsageKnown(_usage));
        }
    }

    private void TakeFinish(AnthropicMessagesDelta delta)
    {
        if (delta.StopReason is not null)
        {
            _finish = AnthropicMessagesStopReason.Decode(delta.StopReason, delta.StopSequence) with
            {
                Details = delta.StopDetails.IsEmpty ? null : ProviderJson.Parse(delta.StopDetails),
            };
        }
    }

    private void End(List<StreamEvent> events)
    {
        Ended = true;
        Start(null, null, events);
        _block.Close(events);
        Finish finish = _finish ?? AnthropicMessagesStopReason.Decode(null, null);
        events.Add(new StreamEvent.ResponseEnd(finish));
    }
}
