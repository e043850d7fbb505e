using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;
using Lightport.Transport.Framing;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Hands an answer on: events byte by byte, or for a client that wants an array, what they hold as its elements. Facts
/// are read off the side.
/// </summary>
/// <param name="events">The client wants its stream as server-sent events; else as the elements of an array.</param>
/// <param name="requestId">Stands in an error of the gateway's own.</param>
/// <param name="promptTokens">What to say of the prompt where the provider tells no usage: an estimate.</param>
internal sealed class GoogleGeminiRelay(bool events, string requestId, long promptTokens)
    : AnswerRelay(promptTokens)
{
    private readonly GoogleGeminiChunkWriter _chunks = new(events);
    private readonly GoogleGeminiUsageReader _usage = new();
    private string? _finish;
    private bool _hasCalls;
    private bool _errorWritten;
    private bool _began;

    public override void Push(in Frame frame, IBufferWriter<byte> output)
    {
        if (Ended || Error is not null || frame.Data.IsEmpty || frame.Data.SequenceEqual("[DONE]"u8))
        {
            return;
        }

        Read(frame.Data, ErrorStage.Stream);
        if (Error is null)
        {
            Write(frame, output);
        }
        else if (HasContent)
        {
            WriteError(output);
        }
    }

    public override void Complete(IBufferWriter<byte> output)
    {
        if (!Ended && Error is null && Finish is null)
        {
            Error = StreamErrors.BrokenOff;
        }

        End(output);
    }

    public override void Fail(GatewayError error, IBufferWriter<byte> output)
    {
        if (!Ended)
        {
            Error ??= error;
        }

        End(output);
    }

    public override ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> body, PooledBuffer output)
    {
        Read(body.Span, ErrorStage.Decode);
        if (Error is null && Finish is null && !HasContent)
        {
            Error = GatewayError.BadUpstream("The provider's answer has no candidates.");
        }

        if (Error is null)
        {
            Finish ??= FinishReason.Stop;
            HasContent = Ended = true;
            Usage ??= UsageEstimator.Estimate(
                GoogleGeminiResponseDecoder.Decode(body, requestId, new AnswerLosses()), Estimator.PromptTokens);
        }

        return body;
    }

    private void Write(in Frame frame, IBufferWriter<byte> output)
    {
        _began = true;
        if (events)
        {
            output.Write(frame.Raw);
            return;
        }

        _chunks.Begin(output).WriteRawValue(frame.Data, skipInputValidation: true);
        _chunks.End(output);
    }

    private void End(IBufferWriter<byte> output)
    {
        if (Ended)
        {
            return;
        }

        Ended = true;
        if (Error is not null)
        {
            WriteError(output);
        }
        else if (_began)
        {
            Usage ??= Estimator.ToUsage();
            _chunks.Complete(output);
        }
    }

    private void WriteError(IBufferWriter<byte> output)
    {
        if (!_errorWritten)
        {
            _errorWritten = true;
            _chunks.Fail(Error!, requestId, output);
        }
    }

    private void Read(ReadOnlySpan<byte> data, ErrorStage stage)
    {
        try
        {
            Read(data, GoogleGeminiChunk.Read(data), stage);
        }
        catch (Exception malformed) when (ProviderJson.IsMalformed(malformed))
        {
            Error = GatewayError.BadUpstream(GoogleGeminiWire.NotJson, stage);
        }
    }

    private void Read(ReadOnlySpan<byte> data, scoped in GoogleGeminiChunk chunk, ErrorStage stage)
    {
        if (chunk.Error.IsPresent && !chunk.Error.Is(data, 'n'))
        {
            Error = GoogleGeminiErrors.Read(null, data) with { Stage = stage };
            return;
        }

        ResponseId ??= chunk.Id.Text(data);
        ResponseModel ??= chunk.Model.Text(data);
        if (chunk.Usage.Is(data, '{'))
        {
            _usage.Take(chunk.Usage.In(data));
            Usage = _usage.HasCounts ? _usage.ToUsage() : null;
            ServiceTier = _usage.Tier;
        }

        var candidates = new GoogleGeminiElements(data, chunk.Candidates);
        while (candidates.Next(out JsonSlice slice))
        {
            Read(data, GoogleGeminiCandidate.Read(data, slice));
        }

        if (chunk.PromptFeedback.Is(data, '{')
            && ProviderJson.Parse(chunk.PromptFeedback.In(data)).TextOf("blockReason") is not null)
        {
            (Finish, HasContent) = (FinishReason.ContentFilter, true);
        }
    }

    private void Read(ReadOnlySpan<byte> data, scoped in GoogleGeminiCandidate candidate)
    {
        var parts = new GoogleGeminiElements(data, candidate.Parts);
        while (parts.Next(out JsonSlice slice))
        {
            HasContent = true;
            Measure(data, GoogleGeminiPart.Read(data, slice));
        }

        if (candidate.FinishReason.Text(data) is { } reason)
        {
            _finish = reason;
            HasContent = true;
        }

        Finish = _finish is null ? Finish : GoogleGeminiFinishDecoder.Decode(_finish, _hasCalls).Reason;
    }

    private void Measure(ReadOnlySpan<byte> data, scoped in GoogleGeminiPart part)
    {
        _hasCalls |= part.Call.IsPresent;
        int length = part.Text.IsText(data) ? part.Text.End - part.Text.Start - 2
            : part.Call.IsPresent ? part.Call.End - part.Call.Start
            : 0;
        if (part.IsThought)
        {
            Estimator.AddThought(length);
        }
        else
        {
            Estimator.AddSpoken(length);
        }
    }
}
