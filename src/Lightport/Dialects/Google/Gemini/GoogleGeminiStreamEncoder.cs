using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Writes a streamed answer, whose chunks are pieces of a whole one. Finish, sources and usage come with the last, as a
/// provider may tell its usage only then.
/// </summary>
internal sealed class GoogleGeminiStreamEncoder(AnswerContext context, GoogleGeminiChunkWriter chunks) : IAnswerEncoder
{
    private readonly SortedDictionary<int, GoogleGeminiCandidateEncoder> _candidates = [];
    private StreamEvent.ResponseStart _start = new("", "", 0);
    private TokenUsage? _usage;
    private bool _hasBegun;
    private bool _failed;

    public void Encode(StreamEvent streamEvent, IBufferWriter<byte> output)
    {
        switch (streamEvent)
        {
            case var _ when _failed:
                break;

            // What has begun goes on under its first name, whichever source comes next.
            case StreamEvent.ResponseStart start when !_hasBegun && _candidates.Count == 0:
                _start = start;
                break;
            case StreamEvent.ResponseStart:
                break;
            case StreamEvent.UsageKnown known:
                _usage = known.Usage;
                _start = _start with { ServiceTier = known.ServiceTier ?? _start.ServiceTier };
                break;
            case StreamEvent.RunTold told:
                TellRun(told.Run, output);
                break;
            case StreamEvent.Failed failed:
                Fail(failed.Error, output);
                break;
            default:
                Of(streamEvent.Choice).Encode(streamEvent, output);
                break;
        }
    }

    public void Complete(IBufferWriter<byte> output)
    {
        if (_failed)
        {
            return;
        }

        if (!_candidates.Values.Any(candidate => candidate.HasFinished))
        {
            Fail(GatewayError.BadUpstream("The answer ended before it was complete.", ErrorStage.Stream), output);
            return;
        }

        Utf8JsonWriter writer = chunks.Begin(output);
        writer.WriteStartObject();
        writer.WriteStartArray("candidates"u8);
        foreach (GoogleGeminiCandidateEncoder candidate in _candidates.Values)
        {
            candidate.WriteEnd(writer);
        }

        writer.WriteEndArray();
        GoogleGeminiCandidateEncoder first = _candidates.Values.First();
        GoogleGeminiResponseEncoder.WriteBlock(writer, first.HasParts ? null : first.Finish);
        GoogleGeminiUsageWriter.Write(writer, _usage ?? new TokenUsage(), _start.ServiceTier);
        End(writer, output);
        chunks.Complete(output);
    }

    /// <summary>Starts a chunk of one candidate; write its parts to what it returns.</summary>
    internal Utf8JsonWriter Begin(IBufferWriter<byte> output)
    {
        Utf8JsonWriter writer = chunks.Begin(output);
        writer.WriteStartObject();
        writer.WriteStartArray("candidates"u8);
        writer.WriteStartObject();
        writer.WriteStartObject("content"u8);
        writer.WriteStartArray("parts"u8);
        return writer;
    }

    /// <summary>Ends the chunk.</summary>
    /// <param name="logprobs">How likely the tokens of it were; null where that is not told.</param>
    internal void End(Utf8JsonWriter writer, int index, IBufferWriter<byte> output, ChoiceLogprobs? logprobs = null)
    {
        writer.WriteEndArray();
        writer.WriteString("role"u8, "model"u8);
        writer.WriteEndObject();
        writer.WriteNumber("index"u8, index);
        if (logprobs is not null)
        {
            GoogleGeminiLogprobsWriter.Write(writer, logprobs);
        }

        writer.WriteEndObject();
        writer.WriteEndArray();
        End(writer, output);
    }

    private void End(Utf8JsonWriter writer, IBufferWriter<byte> output)
    {
        GoogleGeminiResponseEncoder.WriteIdentity(writer, _start.Model, _start.Id, context);
        writer.WriteEndObject();
        chunks.End(output);
    }

    /// <summary>A chunk without candidates, which says nothing to clients that know nothing of the field.</summary>
    private void TellRun(RunReport run, IBufferWriter<byte> output)
    {
        _hasBegun = true;
        Utf8JsonWriter writer = chunks.Begin(output);
        writer.WriteStartObject();
        RunField.Write(writer, [run]);
        End(writer, output);
    }

    private GoogleGeminiCandidateEncoder Of(int choice)
    {
        if (!_candidates.TryGetValue(choice, out GoogleGeminiCandidateEncoder? candidate))
        {
            _candidates.Add(choice, candidate = new GoogleGeminiCandidateEncoder(this, context, choice));
        }

        return candidate;
    }

    private void Fail(GatewayError error, IBufferWriter<byte> output)
    {
        _failed = true;
        chunks.Fail(error, context.RequestId, output);
    }
}
