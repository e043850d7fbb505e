using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Transport.Framing;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// Writes a streamed answer. On this wire one block is open at a time, so while a part is told whatever belongs to
/// others waits until it ends.
/// </summary>
internal sealed class AnthropicMessagesStreamEncoder(AnswerContext context) : IAnswerEncoder
{
    private readonly AnthropicMessagesBlockStream _blocks = new(context);
    private readonly SseFrameWriter _frames = new();
    private readonly AnthropicMessagesWaiting _waiting = new();
    private StreamEvent.ResponseStart _start = new("", "", 0);
    private TokenUsage? _usage;
    private Finish? _finish;
    private int _open = -1;
    private bool _started;
    private bool _refused;
    private bool _failed;

    public void Encode(StreamEvent streamEvent, IBufferWriter<byte> output)
    {
        if (_failed)
        {
            return;
        }

        if (streamEvent.Choice != 0)
        {
            context.Losses.Add("choices");
            return;
        }

        switch (streamEvent)
        {
            // What has begun goes on under its first name, whichever source comes next.
            case StreamEvent.ResponseStart start when !_started:
                _start = start;
                break;
            case StreamEvent.UsageKnown known:
                _usage = known.Usage;
                break;
            case StreamEvent.ResponseEnd end:
                Flush(output);
                _finish ??= end.Finish;
                break;
            case StreamEvent.Failed failed:
                Fail(failed.Error, output);
                break;
            case StreamEvent.RunTold when _started:
                // What a run is about has no words here; that the answer goes on has.
                output.Write("event: ping\ndata: {\"type\":\"ping\"}\n\n"u8);
                break;
            case StreamEvent.PartEvent piece:
                Tell(piece, output);
                break;
        }
    }

    public void Complete(IBufferWriter<byte> output)
    {
        if (_failed)
        {
            return;
        }

        if (_finish is null)
        {
            Fail(GatewayError.BadUpstream("The answer ended before it was complete.", ErrorStage.Stream), output);
            return;
        }

        Begin(output);
        Flush(output);
        Utf8JsonWriter json = _frames.Begin("message_delta"u8, output);
        json.WriteStartObject();
        json.WriteString("type"u8, "message_delta"u8);
        json.WriteStartObject("delta"u8);
        AnthropicMessagesResponseEncoder.WriteFinish(json, _finish, _refused);
        json.WriteEndObject();
        AnthropicMessagesUsage.Write(json, _usage ?? new TokenUsage());
        json.WriteEndObject();
        _frames.End(output);
        output.Write("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"u8);
    }

    private void Tell(StreamEvent.PartEvent piece, IBufferWriter<byte> output)
    {
        if (_open >= 0 && piece.Index != _open)
        {
            _waiting.Add(piece);
            return;
        }

        TellNow(piece, output);
        while (_open < 0 && _waiting.TryTake(out Queue<StreamEvent.PartEvent>? waited))
        {
            foreach (StreamEvent.PartEvent next in waited)
            {
                TellNow(next, output);
            }
        }
    }

    private void TellNow(StreamEvent.PartEvent piece, IBufferWriter<byte> output)
    {
        Begin(output);
        switch (piece)
        {
            case StreamEvent.PartStart:
                _open = piece.Index;
                break;
            case StreamEvent.PartEnd:
                _open = -1;
                break;
            case StreamEvent.RefusalDelta:
                _refused = true;
                break;
        }

        _blocks.Tell(piece, output);
    }

    /// <summary>The answer has ended: parts that nobody ended end here, and what waited for them is told.</summary>
    private void Flush(IBufferWriter<byte> output)
    {
        while (_open >= 0)
        {
            Tell(new StreamEvent.PartEnd(_open), output);
        }
    }

    private void Begin(IBufferWriter<byte> output)
    {
        if (_started)
        {
            return;
        }

        // Not before there is something to tell: until then another provider may still take over.
        _started = true;
        Utf8JsonWriter json = _frames.Begin("message_start"u8, output);
        json.WriteStartObject();
        json.WriteString("type"u8, "message_start"u8);
        json.WriteStartObject("message"u8);
        AnthropicMessagesResponseEncoder.WriteHead(json, _start.Id, _start.Model, context);
        json.WriteStartArray("content"u8);
        json.WriteEndArray();
        json.WriteNull("stop_reason"u8);
        json.WriteNull("stop_sequence"u8);
        json.WriteNull("stop_details"u8);
        // A provider that counts at the end has told nothing yet; the count replaces the guess in message_delta.
        TokenUsage usage = _usage ?? new TokenUsage { Input = context.EstimatedPromptTokens, Estimated = true };
        AnthropicMessagesUsage.Write(json, usage, _start.ServiceTier);
        json.WriteEndObject();
        json.WriteEndObject();
        _frames.End(output);
    }

    private void Fail(GatewayError error, IBufferWriter<byte> output)
    {
        _failed = true;
        Utf8JsonWriter json = _frames.Begin("error"u8, output);
        AnthropicMessagesErrors.Write(json, error, requestId: null);
        _frames.End(output);
    }
}
