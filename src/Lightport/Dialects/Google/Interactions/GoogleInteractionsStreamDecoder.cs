using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Framing;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>
/// Reads a streamed interaction (https://ai.google.dev/gemini-api/docs/interactions/streaming). Events of types that
/// are not known are passed over.
/// </summary>
/// <param name="requestId">Tells the answer from others where the provider gives it no id.</param>
internal sealed class GoogleInteractionsStreamDecoder(string requestId) : JsonEventDecoder
{
    private GoogleInteractionsAnswerReader? _answer;

    protected override void Read(in Frame frame, ReadOnlySpan<byte> data, List<StreamEvent> events) =>
        Decode(data, GoogleInteractionsEvent.Read(data), events);

    public override void Complete(List<StreamEvent> events)
    {
        if (!Ended)
        {
            Fail(StreamErrors.BrokenOff, events);
        }
    }

    private void Decode(ReadOnlySpan<byte> data, scoped in GoogleInteractionsEvent read, List<StreamEvent> events)
    {
        if (read.Is(data, "step.delta"u8))
        {
            Answer(default, events).Take(read.Index, data, read.Delta, events);
        }
        else if (read.Is(data, "step.start"u8))
        {
            Answer(default, events).Begin(read.Index, Object(data, read.Step), events);
        }
        else if (read.Is(data, "step.stop"u8))
        {
            Answer(default, events).Stop(read.Index, events);
        }
        else if (read.Is(data, "interaction.created"u8))
        {
            Answer(Object(data, read.Interaction), events);
        }
        else if (read.Is(data, "interaction.completed"u8))
        {
            Complete(Object(data, read.Interaction), events);
        }
        else if (read.Error.Is(data, '{'))
        {
            Fail(GoogleInteractionsErrors.Read(null, data) with { Stage = ErrorStage.Stream }, events);
        }
    }

    private void Complete(JsonElement interaction, List<StreamEvent> events)
    {
        GoogleInteractionsAnswerReader answer = Answer(interaction, events);
        if (GoogleInteractionsUsageReader.Of(interaction) is { } usage)
        {
            events.Add(new StreamEvent.UsageKnown(usage)
            {
                ServiceTier = GoogleInteractionsHeadReader.TierOf(interaction),
            });
        }

        if (GoogleInteractionsErrors.In(interaction, ErrorStage.Stream) is { } failure)
        {
            Fail(failure, events);
            return;
        }

        Ended = true;
        answer.End(events);
        events.Add(new StreamEvent.ResponseEnd(GoogleInteractionsFinish.Of(interaction, answer.HasCalls)));
    }

    private GoogleInteractionsAnswerReader Answer(JsonElement interaction, List<StreamEvent> events)
    {
        if (_answer is null)
        {
            StreamEvent.ResponseStart start = GoogleInteractionsHeadReader.Start(interaction);
            _answer = new GoogleInteractionsAnswerReader(start.Id.Length > 0 ? start.Id : requestId);
            events.Add(start);
        }

        return _answer;
    }

    /// <exception cref="JsonException">It is missing, or no object.</exception>
    private static JsonElement Object(ReadOnlySpan<byte> data, JsonSlice slice) => slice.Is(data, '{')
        ? ProviderJson.Parse(slice.In(data))
        : throw new JsonException("What an event tells is a JSON object.");
}
