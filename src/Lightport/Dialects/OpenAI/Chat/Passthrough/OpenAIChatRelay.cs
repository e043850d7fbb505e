using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Dialects.Passthrough;
using Lightport.Transport.Body;
using Lightport.Transport.Framing;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// Hands a stream on. From a provider that keeps the laws to the letter frames are copied as they are; from others each
/// goes through <see cref="OpenAIChatChunkMender"/>. Facts are read off the side, only from the chunks that hold some.
/// </summary>
internal sealed class OpenAIChatRelay : AnswerRelay
{
    private readonly OpenAIChatPassing _options;
    private readonly OpenAIChatChunkMender? _mender;
    private readonly OpenAIChatUsageCutter? _cutter;
    private readonly OpenAIChatAnswerShape _shape;
    private bool _errorWritten;

    public OpenAIChatRelay(OpenAIChatPassing options, OpenAIChatAnswerShape shape)
        : base(options.Response.EstimatedPromptTokens)
    {
        (_options, _shape) = (options, shape);
        _mender = options.Exact ? null : new OpenAIChatChunkMender(options, shape);
        _cutter = options is { Exact: true, IncludeUsage: false } ? new OpenAIChatUsageCutter() : null;
    }

    public override void Push(in Frame frame, IBufferWriter<byte> output)
    {
        ReadOnlySpan<byte> data = frame.Data.Trim(" \r\n\t"u8);
        if (Ended || Error is not null || data.IsEmpty)
        {
            return;
        }

        if (data.SequenceEqual("[DONE]"u8))
        {
            End(isWhole: true, output);
            return;
        }

        try
        {
            if (_mender is null && HasContent && !MayHoldFacts(data))
            {
                OpenAIChatPassedText.Measure(data, Estimator);
                Write(frame, data, output);
                return;
            }

            Push(frame, data, OpenAIChatChunk.Scan(data), output);
        }
        catch (JsonException)
        {
            Break(StreamErrors.NotJson, output);
        }
    }

    public override void Complete(IBufferWriter<byte> output)
    {
        if (!Ended)
        {
            End(isWhole: Finish is not null, output);
        }
    }

    public override void Fail(GatewayError error, IBufferWriter<byte> output)
    {
        if (!Ended)
        {
            Error ??= error;
            Complete(output);
        }
    }

    public override ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> body, PooledBuffer output)
    {
        if (_options.Stream)
        {
            return TakeAsChunk(body, output);
        }

        PassthroughBody passed = OpenAIChatBodyReader.Read(body, _options, _shape);
        (Usage, Finish, ResponseId, Error) = (passed.Usage, passed.Finish, passed.Id, passed.Error);
        ServiceTier = passed.ServiceTier;
        HasContent = Ended = Error is null;
        return passed.Body;
    }

    /// <summary>
    /// A whole answer where a stream was asked for becomes the stream's one chunk, and mending sees to the rest.
    /// </summary>
    private ReadOnlyMemory<byte> TakeAsChunk(ReadOnlyMemory<byte> body, PooledBuffer output)
    {
        byte[] chunk = body.ToArray();

        // A line end can only stand between tokens, where a space says the same; in an event it would end the line.
        chunk.AsSpan().Replace((byte)'\n', (byte)' ');
        chunk.AsSpan().Replace((byte)'\r', (byte)' ');
        var mending = new OpenAIChatRelay(_options with { Exact = false }, _shape);
        mending.Push(new Frame([], chunk, [.. "data: "u8, .. chunk, .. "\n\n"u8]), output);
        mending.Complete(output);
        (Usage, Finish, ResponseId) = (mending.SettledUsage, mending.Finish, mending.ResponseId);
        (Error, HasContent, Ended) = (mending.Error, mending.HasContent, mending.Ended);
        ServiceTier = mending.ServiceTier;
        return output.Written;
    }

    private void Push(in Frame frame, ReadOnlySpan<byte> data, in OpenAIChatChunk chunk, IBufferWriter<byte> output)
    {
        if (chunk.HasError(data) || frame.Name.SequenceEqual("error"u8))
        {
            Break(OpenAIChatErrorReader.InsideSuccess(data, ErrorStage.Stream), output);
            return;
        }

        ReadFacts(chunk, data, output);
        if (Error is not null)
        {
            return;
        }

        if (_mender is null)
        {
            if (_cutter is null || !chunk.HasUsage(data) || chunk.HasChoices(data))
            {
                Write(frame, data, output);
            }
        }
        else if (_mender.Mend(data, chunk, output))
        {
            Write(frame, data, output);
        }
    }

    private void ReadFacts(in OpenAIChatChunk chunk, ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        ResponseId ??= chunk.Id.Text(data);
        ResponseModel ??= chunk.Model.Text(data);
        ServiceTier = chunk.ServiceTier.Text(data) ?? ServiceTier;
        if (chunk.HasUsage(data))
        {
            Usage = OpenAIChatUsage.Read(chunk.Usage.In(data)) ?? Usage;
        }

        var choices = new OpenAIChatChunkChoices(data, chunk);
        while (choices.Next(out OpenAIChatChunkChoice choice))
        {
            bool ends = choice.FinishReason.IsText(data);
            if (ends && _mender is not null && OpenAIChatFinish.IsFailure(choice.FinishReason.Text(data)))
            {
                Break(OpenAIChatFinish.Failure(choice.FinishReason.Text(data)!, ErrorStage.Stream), output);
                return;
            }

            if (ends && Finish is null)
            {
                Finish = OpenAIChatFinish.ReasonOf(choice.FinishReason.Text(data), hasCalls: false);
            }

            HasContent |= ends || choice.HasContent(data);
            choice.Measure(data, Estimator);
        }
    }

    /// <summary>
    /// Whether a chunk may say usage, a finish or an error. The names are looked for with their quotes, which stand
    /// escaped in any text, so that no answer can be mistaken for a fact.
    /// </summary>
    private static bool MayHoldFacts(ReadOnlySpan<byte> data) =>
        Holds(data, "\"finish_reason\":"u8, (byte)'"')
        || Holds(data, "\"usage\":"u8, (byte)'{')
        || data.IndexOf("\"error\":"u8) >= 0;

    private static bool Holds(ReadOnlySpan<byte> data, ReadOnlySpan<byte> name, byte first)
    {
        while (data.IndexOf(name) is >= 0 and var at)
        {
            data = data[(at + name.Length)..].TrimStart((byte)' ');
            if (!data.IsEmpty && data[0] == first)
            {
                return true;
            }
        }

        return false;
    }

    private void Write(in Frame frame, ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        if (_cutter is not null && _cutter.Cut(data, output))
        {
            return;
        }

        output.Write(frame.Raw);
        if (!frame.Raw.EndsWith("\n\n"u8) && !frame.Raw.EndsWith("\r\n\r\n"u8) && !frame.Raw.EndsWith("\r\r"u8))
        {
            // Half a line end: the body ended without closing its last event, or the reader was cut within a CRLF.
            output.Write("\n\n"u8);
        }
    }

    private void Break(GatewayError error, IBufferWriter<byte> output)
    {
        Error = error;
        if (HasContent)
        {
            WriteError(output);
        }
    }

    private void End(bool isWhole, IBufferWriter<byte> output)
    {
        Ended = true;
        if (Error is null && !(isWhole && IsMended(output)))
        {
            Error = StreamErrors.BrokenOff;
        }

        if (Error is null)
        {
            output.Write(OpenAIChatWire.Done);
        }
        else
        {
            WriteError(output);
        }
    }

    /// <summary>The provider's own bytes, or an answer that could be ended as the wire ends.</summary>
    private bool IsMended(IBufferWriter<byte> output)
    {
        if (_mender is null)
        {
            return true;
        }

        Usage ??= Estimator.ToUsage();
        return _mender.End(Usage, output);
    }

    private void WriteError(IBufferWriter<byte> output)
    {
        if (!_errorWritten)
        {
            _errorWritten = true;
            OpenAIChatErrors.WriteFrame(Error!, output);
        }
    }
}
