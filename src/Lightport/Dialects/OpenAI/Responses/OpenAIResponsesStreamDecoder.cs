using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Framing;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// Reads a streamed answer (https://platform.openai.com/docs/api-reference/responses-streaming). Events of types that
/// are not known are passed over: what matters of them stands in the finished item too.
/// </summary>
/// <param name="losses">Told of what a client of another dialect cannot be; null for one of this.</param>
internal sealed class OpenAIResponsesStreamDecoder(AnswerLosses? losses = null) : JsonEventDecoder
{
    private readonly OpenAIResponsesItems _items = new(losses);
    private bool _started;

    protected override void Read(in Frame frame, ReadOnlySpan<byte> data, List<StreamEvent> events) =>
        Decode(data, OpenAIResponsesEvent.Scan(data), events);

    public override void Complete(List<StreamEvent> events)
    {
        if (!Ended)
        {
            Fail(_started ? StreamErrors.BrokenOff : StreamErrors.NoAnswer, events);
        }
    }

    private void Decode(ReadOnlySpan<byte> data, in OpenAIResponsesEvent read, List<StreamEvent> events)
    {
        ReadOnlySpan<byte> type = read.TypeIn(data);
        if (type.EndsWith(".delta"u8))
        {
            AddDelta(data, type, read, events);
        }
        else if (type.SequenceEqual("response.output_item.added"u8))
        {
            Start(default, events);
            _items.Open(read.OutputIndex, Object(data, read.Item));
        }
        else if (type.SequenceEqual("response.output_item.done"u8))
        {
            Start(default, events);
            _items.Close(read.OutputIndex, Object(data, read.Item), events);
        }
        else if (type.SequenceEqual("response.output_text.annotation.added"u8))
        {
            if (read.Annotation.Is(data, '{'))
            {
                _items.At(read.OutputIndex)?.Cite(read.ContentIndex, Object(data, read.Annotation), events);
            }
        }
        else if (type.SequenceEqual("error"u8) || (type.IsEmpty && read.Error.IsPresent))
        {
            Fail(OpenAIResponsesFailure.Read(data, ErrorStage.Stream), events);
        }
        else if (read.Response.Is(data, '{'))
        {
            Take(type, Object(data, read.Response), events);
        }
    }

    /// <summary>An event that shows the answer as it stands: at its start, and at its end.</summary>
    private void Take(ReadOnlySpan<byte> type, JsonElement response, List<StreamEvent> events)
    {
        Start(response, events);
        bool isEnd = type.SequenceEqual("response.completed"u8) || type.SequenceEqual("response.incomplete"u8);
        bool isFailure = type.SequenceEqual("response.failed"u8) || type.SequenceEqual("response.cancelled"u8);
        if (!isEnd && !isFailure)
        {
            return;
        }

        if (isEnd)
        {
            _items.Complete(response, events);
        }

        if (_items.Facts.UsageOf(response) is { } usage)
        {
            // A response begins with the tier that was asked for, which may be "auto", and ends with the one it had.
            events.Add(new StreamEvent.UsageKnown(usage) { ServiceTier = OpenAIResponsesFinish.TierOf(response) });
        }

        if (isFailure)
        {
            Fail(OpenAIResponsesFailure.Of(response, ErrorStage.Stream) ?? StreamErrors.BrokenOff, events);
            return;
        }

        Ended = true;
        events.Add(new StreamEvent.ResponseEnd(OpenAIResponsesFinish.Of(response, _items.Facts.HasCalls)));
    }

    private void AddDelta(
        ReadOnlySpan<byte> data, ReadOnlySpan<byte> type, in OpenAIResponsesEvent read, List<StreamEvent> events)
    {
        if (read.Delta.Text(data) is not { } delta || _items.At(read.OutputIndex) is not { } item)
        {
            return;
        }

        if (type.SequenceEqual("response.output_text.delta"u8))
        {
            item.AddText(read.ContentIndex, delta, events);
            if (read.Logprobs.IsPresent && read.Logprobs.In(data).Contains((byte)'{')
                && OpenAIResponsesItemReader.ReadLogprobs(ProviderJson.Parse(read.Logprobs.In(data))) is { } logprobs)
            {
                item.AddLogprobs(read.ContentIndex, logprobs, events);
            }
        }
        else if (type.SequenceEqual("response.function_call_arguments.delta"u8)
            || type.SequenceEqual("response.custom_tool_call_input.delta"u8))
        {
            item.AddArguments(delta, events);
        }
        else if (type.SequenceEqual("response.reasoning_summary_text.delta"u8))
        {
            item.AddThought(isSummary: true, read.SummaryIndex, delta, events);
        }
        else if (type.SequenceEqual("response.reasoning_text.delta"u8))
        {
            item.AddThought(isSummary: false, read.ContentIndex, delta, events);
        }
        else if (type.SequenceEqual("response.refusal.delta"u8))
        {
            item.AddRefusal(read.ContentIndex, delta, events);
        }
    }

    private void Start(JsonElement response, List<StreamEvent> events)
    {
        if (_started)
        {
            return;
        }

        _started = true;
        events.Add(response.ValueKind != JsonValueKind.Object
            ? new StreamEvent.ResponseStart("", "", 0)
            : new StreamEvent.ResponseStart(
                response.TextOf("id") ?? "", response.TextOf("model") ?? "", OpenAIResponsesFinish.CreatedAt(response))
            {
                ServiceTier = OpenAIResponsesFinish.TierOf(response),
            });
    }

    /// <exception cref="JsonException">It is missing, or no object.</exception>
    private static JsonElement Object(ReadOnlySpan<byte> data, JsonSlice slice) => slice.Is(data, '{')
        ? ProviderJson.Parse(slice.In(data))
        : throw new JsonException("An event's item is a JSON object.");
}
