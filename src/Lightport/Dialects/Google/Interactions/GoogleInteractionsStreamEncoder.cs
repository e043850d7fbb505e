using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>Writes a streamed interaction: it is created, its steps come in pieces, it is completed.</summary>
internal sealed class GoogleInteractionsStreamEncoder : IKeptAnswerEncoder
{
    private readonly AnswerContext _context;
    private readonly GoogleInteractionsEvents _events = new();
    private readonly GoogleInteractionsSteps _steps;
    private readonly GoogleInteractionsKeeping _keeping;
    private readonly StreamAccumulator? _whole;
    private StreamEvent.ResponseStart _start = new("", "", 0);
    private GoogleInteractionsHead? _head;
    private TokenUsage? _usage;
    private Finish? _finish;
    private bool _failed;

    public GoogleInteractionsStreamEncoder(AnswerContext context, GoogleInteractionsKeeping keeping)
    {
        (_context, _steps, _keeping) = (context, new GoogleInteractionsSteps(_events, context), keeping);
        _whole = keeping.IsKept ? new StreamAccumulator() : null;
    }

    public KeptAnswer? Kept { get; private set; }

    public void Encode(StreamEvent streamEvent, IBufferWriter<byte> output)
    {
        if (_failed)
        {
            return;
        }

        if (streamEvent.Choice != 0)
        {
            _context.Losses.Add("choices");
            return;
        }

        _whole?.Add(streamEvent);
        switch (streamEvent)
        {
            // What has begun goes on under its first name, whichever source comes next.
            case StreamEvent.ResponseStart start when _head is null:
                _start = start;
                break;
            case StreamEvent.UsageKnown known:
                _usage = known.Usage;
                _start = _start with { ServiceTier = known.ServiceTier ?? _start.ServiceTier };
                _head = _head is { } begun ? begun with { ServiceTier = _start.ServiceTier } : null;
                break;
            case StreamEvent.ResponseEnd end:
                _finish ??= end.Finish;
                break;
            case StreamEvent.LogprobsDelta:
                _context.Losses.Add("logprobs");
                break;
            case StreamEvent.RunTold when _head is { } head:
                // What a run is about has no words here; that the answer goes on has.
                _events.TellInProgress(head.Id, output);
                break;
            case StreamEvent.RunTold:
                break;
            case StreamEvent.Failed failed:
                Fail(failed.Error, output);
                break;
            case StreamEvent.PartEvent piece:
                Begin(output);
                _steps.Tell(piece, output);
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

        GoogleInteractionsHead head = Begin(output);
        _steps.Complete(output);
        if (_whole is not null)
        {
            Kept = _keeping.Keep(_whole.ToResponse() with { Id = head.Id });
        }

        Utf8JsonWriter writer = _events.Begin("interaction.completed"u8, output);
        writer.WriteStartObject("interaction"u8);
        head.Write(writer, GoogleInteractionsStatus.Of(_finish));
        GoogleInteractionsStatus.WriteErrors(writer, _finish, _context.Losses);
        GoogleInteractionsUsage.Write(writer, _usage ?? new TokenUsage());
        writer.WriteEndObject();
        _events.End(writer, output);
        output.Write("event: done\ndata: [DONE]\n\n"u8);
    }

    private GoogleInteractionsHead Begin(IBufferWriter<byte> output)
    {
        if (_head is not null)
        {
            return _head;
        }

        // Not before there is something to tell: until then another provider may still take over.
        _head = GoogleInteractionsHead.Of(
            _keeping.IdOf(_start.Id), _start.Model, _start.Created, _start.ServiceTier, _context);
        Utf8JsonWriter writer = _events.Begin("interaction.created"u8, output);
        writer.WriteStartObject("interaction"u8);
        _head.Write(writer, GoogleInteractionsStatus.InProgress);
        writer.WriteEndObject();
        _events.End(writer, output);
        return _head;
    }

    private void Fail(GatewayError error, IBufferWriter<byte> output)
    {
        _failed = true;
        _events.Fail(error, output);
    }
}
