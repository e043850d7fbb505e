using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Dialects.Passthrough;
using Lightport.Transport.Body;
using Lightport.Transport.Framing;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// Hands a streamed answer on, frame by frame and byte by byte. Only the frames that hold facts (start, end, error, the
/// call of a tool) are looked into.
/// </summary>
/// <param name="promptTokens">What to say of the prompt where the provider tells no usage: an estimate.</param>
/// <param name="keeps">The client wants its provider to keep the answer.</param>
internal sealed class OpenAIResponsesRelay(long promptTokens, bool keeps = false) : AnswerRelay(promptTokens)
{
    private readonly OpenAIResponsesOutputFacts _facts = new();
    private readonly OpenAIResponsesKeptIds _kept = new(keeps);
    private int _passed;
    private long _created;
    private bool _errorPassed;
    private bool _malformed;

    public override IReadOnlyList<string> KeptIds => _kept.All;

    public override void Push(in Frame frame, IBufferWriter<byte> output)
    {
        ReadOnlySpan<byte> data = frame.Data.Trim(" \r\n\t"u8);
        if (Ended || Error is not null || data.IsEmpty || data.SequenceEqual("[DONE]"u8))
        {
            return;
        }

        if (frame.Name.EndsWith(".delta"u8))
        {
            Tell(frame.Name, data);
        }
        else
        {
            Read(data);
        }

        // An error before any content is the attempt's, not the client's: another provider may still answer. What
        // cannot be read is not handed on either; the stream then ends in a failure of the gateway's own words.
        if (Error is null || (HasContent && !_malformed))
        {
            Write(frame, output);
            _errorPassed = Error is not null;
        }
    }

    public override void Complete(IBufferWriter<byte> output)
    {
        if (!Ended && Error is null)
        {
            Error = ResponseId is null ? StreamErrors.NoAnswer : StreamErrors.BrokenOff;
        }

        Finally(output);
    }

    public override void Fail(GatewayError error, IBufferWriter<byte> output)
    {
        if (!Ended)
        {
            Error ??= error;
        }

        Finally(output);
    }

    public override ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> body, PooledBuffer output)
    {
        PassthroughBody passed = OpenAIResponsesBodyReader.Read(body, Estimator.PromptTokens, _kept);
        (Usage, Finish, ResponseId, Error) = (passed.Usage, passed.Finish, passed.Id, passed.Error);
        (ResponseModel, ServiceTier) = (passed.Model, passed.ServiceTier);
        HasContent = Ended = Error is null;
        return passed.Body;
    }

    private void Finally(IBufferWriter<byte> output)
    {
        Ended = true;
        if (Error is not null && !_errorPassed)
        {
            _errorPassed = true;
            OpenAIResponsesBrokenEnd.Write(Error, ResponseId, ResponseModel, _created, _passed, output);
        }
    }

    private void Write(in Frame frame, IBufferWriter<byte> output)
    {
        _passed++;
        output.Write(frame.Raw);
        if (!frame.Raw.EndsWith("\n\n"u8) && !frame.Raw.EndsWith("\r\n\r\n"u8) && !frame.Raw.EndsWith("\r\r"u8))
        {
            // Half a line end: the body ended without closing its last event, or the reader was cut within a CRLF.
            output.Write("\n\n"u8);
        }
    }

    private void Read(ReadOnlySpan<byte> data)
    {
        try
        {
            Read(data, OpenAIResponsesEvent.Scan(data));
        }
        catch (Exception malformed) when (ProviderJson.IsMalformed(malformed))
        {
            _malformed = true;
            Error = StreamErrors.NotJson;
        }
    }

    private void Read(ReadOnlySpan<byte> data, in OpenAIResponsesEvent read)
    {
        ReadOnlySpan<byte> type = read.TypeIn(data);
        if (type.EndsWith(".delta"u8))
        {
            Tell(type, data);
        }
        else if (type.SequenceEqual("error"u8) || (type.IsEmpty && read.Error.IsPresent))
        {
            Error = OpenAIResponsesFailure.Read(data, ErrorStage.Stream);
        }
        else if (read.Response.Is(data, '{'))
        {
            Take(type, read.Response.In(data));
        }
        else
        {
            HasContent |= type.StartsWith("response."u8);
            if (type.SequenceEqual("response.output_item.done"u8) && read.Item.Is(data, '{')
                && read.Item.In(data).IndexOf("_call\""u8) >= 0)
            {
                _facts.See(ProviderJson.Parse(read.Item.In(data)));
            }
        }
    }

    /// <summary>An event that shows the answer as it stands: at its start, and at its end.</summary>
    private void Take(ReadOnlySpan<byte> type, ReadOnlySpan<byte> response)
    {
        OpenAIResponsesHead head = OpenAIResponsesHead.Read(response);
        (ResponseId, ResponseModel) = (head.Id ?? ResponseId, head.Model ?? ResponseModel);
        ServiceTier = head.ServiceTier ?? ServiceTier;
        _created = head.Created;
        _kept.See(head);
        Usage = head.UsageWith(_facts) ?? Usage;
        if (type.SequenceEqual("response.failed"u8) || type.SequenceEqual("response.cancelled"u8))
        {
            Error = OpenAIResponsesFailure.Of(ProviderJson.Parse(response), ErrorStage.Stream)
                ?? StreamErrors.BrokenOff;
        }
        else if (type.SequenceEqual("response.completed"u8) || type.SequenceEqual("response.incomplete"u8))
        {
            Finish = OpenAIResponsesFinish.Of(head.Status, head.IncompleteReason, _facts.HasCalls).Reason;
            Ended = HasContent = true;
        }
    }

    private void Tell(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        HasContent = true;
        int bytes = PassedText.BytesOf(data, "\"delta\":"u8);
        if (type.StartsWith("response.reasoning"u8))
        {
            Estimator.AddThought(bytes);
        }
        else
        {
            Estimator.AddSpoken(bytes);
        }
    }
}
