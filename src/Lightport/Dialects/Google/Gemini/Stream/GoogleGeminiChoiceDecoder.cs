using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Reads one candidate, whole or piece by piece. Text and thinking run on over as many parts as they come in; a call
/// comes whole. A text's signature, which a stream brings in an empty text at its end, is a part of its own behind it:
/// that has a place in every client's dialect.
/// </summary>
/// <param name="seed">What the ids of calls are made from where the provider gives none.</param>
/// <param name="losses">Told what no client's dialect has a word for.</param>
internal sealed class GoogleGeminiChoiceDecoder(int choice, string seed, AnswerLosses losses)
{
    private readonly AnswerParts _parts = new(choice);
    private TextPieces _text;
    private int _told;
    private OpaqueState? _textState;
    private string? _sound;
    private int _soundPart;
    private int _calls;
    private string? _finish;
    private string? _finishMessage;

    public bool HasFinish => _finish is not null;

    /// <summary>Set where the model failed instead of ending.</summary>
    public GatewayError? Failure { get; private set; }

    public void Take(
        ReadOnlySpan<byte> data,
        scoped in GoogleGeminiCandidate candidate,
        GoogleGeminiUsageReader usage,
        List<StreamEvent> events)
    {
        var parts = new GoogleGeminiElements(data, candidate.Parts);
        while (parts.Next(out JsonSlice part))
        {
            TakePart(data, part, events);
        }

        if (candidate.Citations.Is(data, '{'))
        {
            JsonElement repeated = ProviderJson.Parse(candidate.Citations.In(data));
            Cite(GoogleGeminiGrounding.ReadRepeated(repeated, _text.ToString(), _told - _text.Length), events);
        }

        if (candidate.Grounding.Is(data, '{'))
        {
            JsonElement grounding = ProviderJson.Parse(candidate.Grounding.In(data));
            if (grounding.ObjectOf("searchEntryPoint") is not null)
            {
                losses.Add("searchEntryPoint");
            }

            usage.WebSearches = Math.Max(usage.WebSearches, GoogleGeminiGrounding.CountSearches(grounding));
            Cite(GoogleGeminiGrounding.Read(grounding, _text.ToString(), _told - _text.Length), events);
        }

        if (candidate.Logprobs.Is(data, '{'))
        {
            ChoiceLogprobs told = GoogleGeminiLogprobs.Read(ProviderJson.Parse(candidate.Logprobs.In(data)));
            events.Add(new StreamEvent.LogprobsDelta(told) { Choice = choice });
        }

        Report(data, candidate);
        TakeFinish(data, candidate);
    }

    /// <summary>The answer is over.</summary>
    public void End(List<StreamEvent> events)
    {
        EndOpen(events);
        _parts.EndRunning(events);
        events.Add(new StreamEvent.ResponseEnd(GoogleGeminiFinishDecoder.Decode(_finish, _calls > 0))
        {
            Choice = choice,
        });
    }

    /// <summary>What only Gemini's own clients can be told, whose bytes pass.</summary>
    private void Report(ReadOnlySpan<byte> data, scoped in GoogleGeminiCandidate candidate)
    {
        if (candidate.Safety.Is(data, '[') && !candidate.Safety.In(data).SequenceEqual("[]"u8))
        {
            losses.Add("safetyRatings");
        }

        if (candidate.AverageLogprobs.IsPresent && !candidate.AverageLogprobs.Is(data, 'n'))
        {
            losses.Add("avgLogprobs");
        }
    }

    private void TakeFinish(ReadOnlySpan<byte> data, scoped in GoogleGeminiCandidate candidate)
    {
        // Every chunk may name one; the last is the answer's.
        _finish = candidate.FinishReason.Text(data) ?? _finish;
        _finishMessage = candidate.FinishMessage.Text(data) ?? _finishMessage;
        if (GoogleGeminiFinishDecoder.IsFailure(_finish))
        {
            Failure = GoogleGeminiFinishDecoder.Failure(_finish!, _finishMessage);
        }
    }

    private void TakePart(ReadOnlySpan<byte> data, JsonSlice slice, List<StreamEvent> events)
    {
        GoogleGeminiPart part = GoogleGeminiPart.Read(data, slice);
        OpaqueState? state = part.Signature.Text(data) is { } signature
            ? new OpaqueState(StateFormats.Gemini, signature)
            : null;
        if (part.Call.Is(data, '{'))
        {
            TakeCall(ProviderJson.Parse(part.Call.In(data)), state, events);
        }
        else if (part.Media.Is(data, '{'))
        {
            TakeMedia(ProviderJson.Parse(slice.In(data)), ProviderJson.Parse(part.Media.In(data)), state, events);
        }
        else if (part.Kind is { } kind)
        {
            EndOpen(events);
            JsonElement whole = ProviderJson.Parse(slice.In(data));
            _parts.Add(
                GoogleGeminiServerTools.Read(kind, whole, ProviderJson.Parse(part.Other.In(data))), events);
        }
        else if (part.IsThought)
        {
            TakeThought(part.Text.Text(data), state, events);
        }
        else
        {
            TakeText(part.Text.Text(data), state, events);
        }
    }

    private void TakeThought(string? text, OpaqueState? state, List<StreamEvent> events)
    {
        EndOpen(events);
        if (text is not null)
        {
            _parts.TellReasoning(text, events);
        }

        if (state is not null)
        {
            _parts.Seal(state, events);
        }
    }

    private void TakeText(string? text, OpaqueState? state, List<StreamEvent> events)
    {
        if (text is not null)
        {
            EndSound(events);
            _text.Append(text);
            _told += text.Length;
            _parts.TellText(text, events);
        }

        if (state is not null)
        {
            EndTextState(events);
            _textState = state;
        }
    }

    private void TakeCall(JsonElement call, OpaqueState? state, List<StreamEvent> events)
    {
        EndOpen(events);
        string id = call.TextOf("id") is { Length: > 0 } given ? given : MadeCallId.Of(seed, choice, _calls);
        _calls++;
        int index = _parts.Begin(
            new ToolCallPart(id, call.TextOf("name") ?? "", "") { State = state }, events);
        string arguments = call.ObjectOf("args") is { } said ? GoogleGeminiJson.OnOneLine(said) : "{}";
        _parts.TellArguments(index, arguments, events);
        _parts.End(index, events);
    }

    private void TakeMedia(JsonElement part, JsonElement media, OpaqueState? state, List<StreamEvent> events)
    {
        string type = media.TextOf("mimeType") ?? "";
        string data = media.TextOf("data") ?? "";
        if (type.StartsWith("audio/", StringComparison.Ordinal))
        {
            TakeSound(type, data, events);
            return;
        }

        EndOpen(events);
        _parts.Add(
            type.StartsWith("image/", StringComparison.Ordinal)
                ? new ImagePart(MediaSource.FromBase64(data, type)) { State = state }
                : new OpaquePart(DialectIds.GoogleGemini, "inlineData", part),
            events);
    }

    /// <summary>A stream brings a sound in many parts, each as one that would be whole.</summary>
    private void TakeSound(string type, string data, List<StreamEvent> events)
    {
        if (_sound != type)
        {
            EndOpen(events);
            _soundPart = _parts.Begin(new AudioPart(MediaSource.FromBase64("", type)), events);
            _sound = type;
        }

        _parts.Tell(new StreamEvent.MediaDelta(_soundPart, data, null), events);
    }

    private void Cite(IEnumerable<Citation> citations, List<StreamEvent> events)
    {
        EndSound(events);
        foreach (Citation citation in citations)
        {
            _parts.Cite(citation, events);
        }
    }

    /// <summary>Another kind of part begins: what the text before it waits with is told.</summary>
    private void EndOpen(List<StreamEvent> events)
    {
        EndSound(events);
        EndTextState(events);
        _text = default;
    }

    private void EndSound(List<StreamEvent> events)
    {
        if (_sound is not null)
        {
            _sound = null;
            _parts.End(_soundPart, events);
        }
    }

    private void EndTextState(List<StreamEvent> events)
    {
        if (_textState is not null)
        {
            _parts.Add(new ReasoningPart("") { State = _textState }, events);
            _textState = null;
            _text = default;
        }
    }
}
