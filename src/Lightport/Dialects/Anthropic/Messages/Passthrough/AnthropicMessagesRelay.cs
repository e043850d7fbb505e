using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Dialects.Passthrough;
using Lightport.Transport.Body;
using Lightport.Transport.Framing;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// Hands a streamed answer on, frame by frame and byte by byte. Only the few frames that hold facts (start, end, error)
/// are parsed.
/// </summary>
/// <param name="promptTokens">What to say of the prompt where the provider tells no usage: an estimate.</param>
/// <param name="keptField">For what the provider keeps something under the answer's id; null for nothing.</param>
internal sealed class AnthropicMessagesRelay(long promptTokens = 0, string? keptField = null)
    : AnswerRelay(promptTokens)
{
    private readonly SseFrameWriter _frames = new();
    private readonly AnthropicMessagesToldIds _told = new();
    private bool _errorPassed;
    private bool _malformed;

    public override IReadOnlyList<string> KeptIds => _told.All;

    public override string KeptField => keptField ?? "container";

    public override void Push(in Frame frame, IBufferWriter<byte> output)
    {
        if (Ended || Error is not null)
        {
            return;
        }

        if (!frame.Name.StartsWith("content_block_"u8) || TellsOfFile(frame))
        {
            Read(frame);
        }
        else
        {
            Tell(frame.Data);
        }

        // An error before any content is the attempt's, not the client's: another provider may still answer. What
        // cannot be read is not handed on either; the stream then ends in an error of the gateway's own.
        if (Error is null || (HasContent && !_malformed))
        {
            output.Write(frame.Raw);
            _errorPassed = Error is not null;
        }
    }

    public override void Complete(IBufferWriter<byte> output)
    {
        if (!Ended && Error is null)
        {
            if (Finish is not null)
            {
                // The answer and its end are told; clients still wait for the terminator.
                output.Write("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"u8);
            }
            else
            {
                Error = StreamErrors.BrokenOff;
            }
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
        PassthroughBody passed = AnthropicMessagesBodyReader.Read(body, Estimator.PromptTokens);
        (Usage, Finish, ResponseId, Error) = (passed.Usage, passed.Finish, passed.Id, passed.Error);
        ServiceTier = passed.ServiceTier;
        HasContent = Ended = Error is null;
        if (Ended)
        {
            NoteKept();
            _told.See(body.Span);
        }

        return passed.Body;
    }

    private void Finally(IBufferWriter<byte> output)
    {
        Ended = true;
        if (Error is not null && !_errorPassed)
        {
            _errorPassed = true;
            Utf8JsonWriter json = _frames.Begin("error"u8, output);
            AnthropicMessagesErrors.Write(json, Error, requestId: null);
            _frames.End(output);
        }
    }

    private void Read(in Frame frame)
    {
        if (frame.Name.SequenceEqual("ping"u8) || frame.Data.IsEmpty)
        {
            return;
        }

        try
        {
            Read(AnthropicMessagesEvent.Read(frame.Data), frame.Data);
            _told.See(frame.Data);
        }
        catch (Exception malformed) when (ProviderJson.IsMalformed(malformed))
        {
            _malformed = true;
            Error = StreamErrors.NotJson;
        }
    }

    private void Read(AnthropicMessagesEvent read, ReadOnlySpan<byte> data)
    {
        if (read.Type.SequenceEqual("message_start"u8))
        {
            AnthropicMessagesHead head = AnthropicMessagesHead.Read(read.Message);
            (ResponseId, ResponseModel) = (head.Id, head.Model);
            NoteKept();
            Count(head.Usage);
        }
        else if (read.Type.SequenceEqual("message_delta"u8))
        {
            Count(read.Usage);
            if (AnthropicMessagesDelta.Read(read.Delta).StopReason is { } reason)
            {
                Finish = AnthropicMessagesStopReason.Decode(reason, null).Reason;
                HasContent = true;
            }
        }
        else if (read.Type.SequenceEqual("message_stop"u8))
        {
            Ended = HasContent = true;
        }
        else if (read.Type.SequenceEqual("error"u8) || (read.Type.IsEmpty && !read.Error.IsEmpty))
        {
            Error = AnthropicMessagesErrors.Read(null, data) with { Stage = ErrorStage.Stream };
        }
        else if (read.Type.StartsWith("content_block_"u8))
        {
            Tell(data);
        }
    }

    private void NoteKept()
    {
        if (keptField is not null && ResponseId is not null)
        {
            _told.Add(ResponseId);
        }
    }

    private static bool TellsOfFile(in Frame frame) =>
        frame.Name.SequenceEqual("content_block_start"u8) && frame.Data.IndexOf("\"file_id\""u8) >= 0;

    private void Tell(ReadOnlySpan<byte> data)
    {
        HasContent = true;
        AnthropicMessagesPassedText.Measure(data, Estimator);
    }

    private void Count(ReadOnlySpan<byte> usage)
    {
        if (!usage.IsEmpty)
        {
            Usage = AnthropicMessagesUsage.Read(usage, Usage);
            ServiceTier = AnthropicMessagesUsage.ReadService(usage) ?? ServiceTier;
        }
    }
}
