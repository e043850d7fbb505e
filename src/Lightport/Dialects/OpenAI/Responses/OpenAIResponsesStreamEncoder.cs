using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// Writes a streamed answer: it begins, its items come one after another or several at a time, and it ends in exactly
/// one event, which repeats it whole.
/// </summary>
internal sealed class OpenAIResponsesStreamEncoder(
    AnswerContext context, OpenAIResponsesSnapshot snapshot, OpenAIResponsesAnswerTools tools)
    : IKeptAnswerEncoder
{
    private readonly OpenAIResponsesAnswer _answer = new(context, tools);
    private readonly OpenAIResponsesEvents _events = new();
    private Finish? _finish;
    private bool _started;
    private bool _failed;

    public KeptAnswer? Kept { get; private set; }

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
                snapshot.Start = start;
                break;
            case StreamEvent.UsageKnown known:
                snapshot.Usage = known.Usage;
                snapshot.TakeTier(known.ServiceTier);
                break;
            case StreamEvent.ResponseEnd end:
                _finish = end.Finish;
                break;
            case StreamEvent.LogprobsDelta logprobs:
                _answer.Tell(logprobs.Logprobs);
                break;
            case StreamEvent.Failed failed:
                Fail(failed.Error, output);
                break;
            case StreamEvent.RunTold told:
                _answer.TellRunning(told.Run, _events.To(output));
                break;
            case StreamEvent.PartEvent piece:
                Begin(output);
                _answer.Tell(piece, _events.To(output));
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
        bool isCut = OpenAIResponsesSnapshot.IncompleteReason(_finish) is not null;
        _answer.End(isCut, _events.To(output));
        Utf8JsonWriter writer = BeginResponse(isCut ? "response.incomplete"u8 : "response.completed"u8);
        snapshot.WriteEnded(writer, _answer.Items, _finish);
        _events.End();
        Kept = snapshot.Keep(_answer.Items, _finish);
    }

    private void Begin(IBufferWriter<byte> output)
    {
        if (_started)
        {
            return;
        }

        // Not before there is something to tell: until then another provider may still take over.
        _started = true;
        _events.To(output);
        TellBegun("response.created"u8);
        TellBegun("response.in_progress"u8);
    }

    private void TellBegun(ReadOnlySpan<byte> type)
    {
        snapshot.WriteBegun(BeginResponse(type));
        _events.End();
    }

    private Utf8JsonWriter BeginResponse(ReadOnlySpan<byte> type)
    {
        Utf8JsonWriter writer = _events.Begin(type);
        writer.WritePropertyName("response"u8);
        return writer;
    }

    /// <summary>What is open stays so: a call that broke off must not look like one to run.</summary>
    private void Fail(GatewayError error, IBufferWriter<byte> output)
    {
        Begin(output);
        _failed = true;
        _events.To(output);
        snapshot.WriteFailed(BeginResponse("response.failed"u8), _answer.Items, error);
        _events.End();
    }
}
