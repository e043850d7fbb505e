using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Framing;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// Reads a streamed answer, however loosely the wire is spoken. The ends of the choices are told when the stream ends,
/// so that usage, late text and repeated finish chunks all come before.
/// </summary>
internal sealed class OpenAIChatStreamDecoder : IAnswerDecoder
{
    private readonly OpenAIChatChoices<OpenAIChatChoiceDecoder> _choices;
    private readonly OpenAIChatTextTemplate _template = new();
    private string _id = "";
    private bool _started;

    public OpenAIChatStreamDecoder() => _choices = new(index => new OpenAIChatChoiceDecoder(_id, index));

    public bool Ended { get; private set; }

    public void Decode(in Frame frame, List<StreamEvent> events)
    {
        ReadOnlySpan<byte> data = frame.Data.Trim(" \r\n\t"u8);
        if (Ended || data.IsEmpty)
        {
            return;
        }

        if (data.SequenceEqual("[DONE]"u8))
        {
            End(events, isWhole: true);
            return;
        }

        bool isError = frame.Name.SequenceEqual("error"u8);
        if (!isError && _template.TryRead(data, out ReadOnlySpan<byte> text))
        {
            _choices.Of(_template.Choice).Tell(text, events);
            return;
        }

        try
        {
            Decode(data, isError, events);
        }
        catch (JsonException)
        {
            Fail(StreamErrors.NotJson, events);
        }
    }

    public void Complete(List<StreamEvent> events)
    {
        if (!Ended)
        {
            End(events, isWhole: _choices.All.All(choice => choice.HasFinish));
        }
    }

    private void Decode(ReadOnlySpan<byte> data, bool isErrorEvent, List<StreamEvent> events)
    {
        var chunk = OpenAIChatChunk.Scan(data);
        if (isErrorEvent || chunk.HasError(data))
        {
            Fail(OpenAIChatErrorReader.InsideSuccess(data, ErrorStage.Stream), events);
            return;
        }

        int before = events.Count;
        Start(chunk, data, events);
        JsonElement? whole = null;
        JsonSlice text = default;
        int teller = 0;
        int told = 0;
        var choices = new OpenAIChatChunkChoices(data, chunk);
        while (choices.Next(out OpenAIChatChunkChoice choice))
        {
            OpenAIChatChoiceDecoder decoder = _choices.Of(choice.Index);
            decoder.Decode(choice, data, events);
            if (decoder.Failure is { } failure)
            {
                Fail(failure, events);
                return;
            }

            bool ends = choice.FinishReason.IsText(data);
            if (chunk.Sources.IsPresent && ends)
            {
                decoder.AddSources(whole ??= JsonElement.Parse(data), events);
            }

            text = ends || ++told > 1 ? default : choice.Content;
            teller = choice.Index;
        }

        if (chunk.HasUsage(data) && OpenAIChatUsage.Read(chunk.Usage.In(data)) is { } usage)
        {
            events.Add(new StreamEvent.UsageKnown(usage));
        }

        // What the chunk holds besides told nothing, and would tell nothing again.
        if (text.IsText(data) && events.Count == before + 1 && events[before] is StreamEvent.TextDelta)
        {
            _template.Learn(data, teller, text, chunk.Padding);
        }
    }

    /// <summary>The first chunk names the answer; Azure's has no name and no choices, so the second does.</summary>
    private void Start(in OpenAIChatChunk chunk, ReadOnlySpan<byte> data, List<StreamEvent> events)
    {
        if (!_started && (chunk.Id.IsText(data) || chunk.HasChoices(data)))
        {
            _started = true;
            _id = chunk.Id.Text(data) ?? "";
            events.Add(new StreamEvent.ResponseStart(_id, chunk.Model.Text(data) ?? "", chunk.CreatedAt(data))
            {
                ServiceTier = chunk.ServiceTier.Text(data),
            });
        }
    }

    private void End(List<StreamEvent> events, bool isWhole)
    {
        if (!isWhole || _choices.All.Count == 0)
        {
            Fail(_started ? StreamErrors.BrokenOff : StreamErrors.NoAnswer, events);
            return;
        }

        Ended = true;
        foreach (OpenAIChatChoiceDecoder choice in _choices.All)
        {
            choice.End(events);
        }
    }

    private void Fail(GatewayError error, List<StreamEvent> events)
    {
        Ended = true;
        events.Add(new StreamEvent.Failed(error));
    }
}
