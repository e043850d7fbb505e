using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Dialects.Passthrough;
using Lightport.Transport.Body;
using Lightport.Transport.Framing;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>
/// Hands an answer on, frame by frame and byte by byte. Pieces are measured without being read; only the events that
/// hold facts (start, end, error, a call) are looked into.
/// </summary>
/// <param name="requestId">Tells the answer from others where the provider gives it no id.</param>
/// <param name="promptTokens">What to say of the prompt where the provider tells no usage: an estimate.</param>
/// <param name="keeps">Google keeps the interaction, and gives it to whoever names it with the account's key.</param>
internal sealed class GoogleInteractionsRelay(string requestId, long promptTokens, bool keeps = false)
    : AnswerRelay(promptTokens)
{
    private readonly List<string> _kept = [];
    private bool _hasCalls;
    private bool _errorPassed;
    private bool _malformed;

    public override IReadOnlyList<string> KeptIds => _kept;

    public override void Push(in Frame frame, IBufferWriter<byte> output)
    {
        ReadOnlySpan<byte> data = frame.Data.Trim(" \r\n\t"u8);
        if (Ended || Error is not null || data.IsEmpty)
        {
            return;
        }

        if (data.SequenceEqual("[DONE]"u8))
        {
            // It follows the interaction's own end; anywhere else the stream has broken off.
            if (Finish is not null)
            {
                Ended = true;
                Write(frame, output);
            }

            return;
        }

        Read(data);
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
        if (Finish is null)
        {
            Error ??= StreamErrors.BrokenOff;
        }

        Finally(output);
    }

    public override void Fail(GatewayError error, IBufferWriter<byte> output)
    {
        // What is complete cannot fail any more, though its stream was not closed.
        if (Finish is null)
        {
            Error ??= error;
        }

        Finally(output);
    }

    public override ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> body, PooledBuffer output)
    {
        try
        {
            ChatResponse told = GoogleInteractionsResponseDecoder.Decode(body, requestId);
            (ResponseModel, Finish) = (told.Model, told.Choices[0].Finish.Reason);
            Name(told.Id);
            ServiceTier = told.ServiceTier;
            Usage = told.Usage ?? UsageEstimator.Estimate(told, Estimator.PromptTokens);
            HasContent = Ended = true;
        }
        catch (GatewayException failure)
        {
            Error = failure.Error;
        }

        return body;
    }

    private void Finally(IBufferWriter<byte> output)
    {
        Ended = true;
        if (Error is not null && !_errorPassed)
        {
            _errorPassed = true;
            new GoogleInteractionsEvents().Fail(Error, output);
        }
    }

    private static void Write(in Frame frame, IBufferWriter<byte> output)
    {
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
            Read(data, GoogleInteractionsEvent.Read(data));
        }
        catch (Exception malformed) when (ProviderJson.IsMalformed(malformed))
        {
            _malformed = true;
            Error = StreamErrors.NotJson;
        }
    }

    private void Read(ReadOnlySpan<byte> data, scoped in GoogleInteractionsEvent read)
    {
        if (read.Is(data, "step.delta"u8))
        {
            HasContent = true;
            Measure(read.Delta.IsPresent ? read.Delta.In(data) : default);
        }
        else if (read.Is(data, "step.start"u8))
        {
            HasContent = true;
            _hasCalls |= read.Step.IsPresent && read.Step.In(data).IndexOf("\"function_call\""u8) >= 0;
        }
        else if (read.Error.Is(data, '{'))
        {
            Error = GoogleInteractionsErrors.Read(null, data) with { Stage = ErrorStage.Stream };
        }
        else if (read.Interaction.Is(data, '{'))
        {
            Take(ProviderJson.Parse(read.Interaction.In(data)), isEnd: read.Is(data, "interaction.completed"u8));
        }
    }

    private void Take(JsonElement interaction, bool isEnd)
    {
        Name(interaction.TextOf("id"));
        ResponseModel ??= GoogleInteractionsHeadReader.ModelOf(interaction);
        ServiceTier = GoogleInteractionsHeadReader.TierOf(interaction) ?? ServiceTier;
        Usage = GoogleInteractionsUsageReader.Of(interaction) ?? Usage;
        if (!isEnd)
        {
            return;
        }

        Error = GoogleInteractionsErrors.In(interaction, ErrorStage.Stream);
        if (Error is null)
        {
            Finish = GoogleInteractionsFinish.Of(interaction, _hasCalls).Reason;
            Usage ??= Estimator.ToUsage();
            HasContent = true;
        }
    }

    private void Name(string? id)
    {
        if (ResponseId is null && id is not null)
        {
            ResponseId = id;
            if (keeps)
            {
                _kept.Add(id);
            }
        }
    }

    private void Measure(ReadOnlySpan<byte> delta)
    {
        int length = PassedText.BytesOf(delta, "\"text\":"u8) + PassedText.BytesOf(delta, "\"arguments\":"u8);
        if (delta.IndexOf("\"thought_summary\""u8) >= 0)
        {
            Estimator.AddThought(length);
        }
        else
        {
            Estimator.AddSpoken(length);
        }
    }
}
