using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.OpenAI.Chat;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>One content part of a message while it is being told: a text or a refusal.</summary>
/// <param name="start">The part of the answer that it tells.</param>
/// <param name="before">How much text the answer has before it, in UTF-16 units.</param>
internal sealed class OpenAIResponsesContent(
    OpenAIResponsesItem item, int index, StreamEvent.PartStart start, int before)
{
    private readonly bool _isRefusal = start.Part is RefusalPart;
    private readonly StringBuilder _text = new();
    private readonly List<Citation> _citations = [];
    private readonly List<TokenLogprob> _logprobs = [];

    public OpenAIResponsesItem Item => item;

    public int Index => index;

    /// <summary>The index of the answer's part.</summary>
    public int Part => start.Index;

    public int Length => _text.Length;

    public OpaqueState? State { get; private set; } = start.Part.State;

    /// <summary>No more text comes of it.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Its end has been told.</summary>
    public bool IsFinished { get; private set; }

    public void Add(IReadOnlyList<TokenLogprob> logprobs) => _logprobs.AddRange(logprobs);

    public void Add(StreamEvent.PartEvent piece, OpenAIResponsesEvents? events)
    {
        switch (piece)
        {
            case StreamEvent.TextDelta { Text.Length: > 0 } text:
                Add(text.Text, events);
                break;
            case StreamEvent.RefusalDelta { Text.Length: > 0 } refusal:
                Add(refusal.Text, events);
                break;
            case StreamEvent.MediaDelta { Transcript.Length: > 0 } spoken:
                Add(spoken.Transcript, events);
                break;
            case StreamEvent.CitationAdded added:
                _citations.Add(added.Citation);
                break;
        }
    }

    public void End(OpaqueState? state) => (HasEnded, State) = (true, state ?? State);

    /// <summary>Tells what is known only at the end: where the text was taken from, and the text whole.</summary>
    public void Finish(OpenAIResponsesEvents? events)
    {
        if (IsFinished)
        {
            return;
        }

        IsFinished = true;
        if (events is null)
        {
            return;
        }

        int annotation = 0;
        foreach ((Citation citation, int nth) in Annotations())
        {
            Utf8JsonWriter writer = events.Begin("response.output_text.annotation.added"u8, item);
            writer.WriteNumber("content_index"u8, index);
            writer.WriteNumber("annotation_index"u8, annotation++);
            writer.WritePropertyName("annotation"u8);
            OpenAIResponsesCitations.Write(writer, citation, nth, before, _text.Length);
            events.End();
        }

        TellText(events);
        events.TellContent("response.content_part.done"u8, this);
    }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, _isRefusal ? "refusal"u8 : "output_text"u8);
        writer.WriteString(_isRefusal ? "refusal"u8 : "text"u8, _text.ToString());
        if (!_isRefusal)
        {
            writer.WriteStartArray("annotations"u8);
            foreach ((Citation citation, int nth) in Annotations())
            {
                OpenAIResponsesCitations.Write(writer, citation, nth, before, _text.Length);
            }

            writer.WriteEndArray();
            writer.WritePropertyName("logprobs"u8);
            OpenAIChatLogprobs.WriteTokens(writer, _logprobs);
        }

        writer.WriteEndObject();
    }

    private void Add(string text, OpenAIResponsesEvents? events)
    {
        _text.Append(text);
        if (events is null)
        {
            return;
        }

        Utf8JsonWriter writer =
            events.Begin(_isRefusal ? "response.refusal.delta"u8 : "response.output_text.delta"u8, item);
        writer.WriteNumber("content_index"u8, index);
        writer.WriteString("delta"u8, text);
        if (!_isRefusal)
        {
            writer.WriteStartArray("logprobs"u8);
            writer.WriteEndArray();
        }

        events.End();
    }

    private void TellText(OpenAIResponsesEvents events)
    {
        Utf8JsonWriter writer =
            events.Begin(_isRefusal ? "response.refusal.done"u8 : "response.output_text.done"u8, item);
        writer.WriteNumber("content_index"u8, index);
        writer.WriteString(_isRefusal ? "refusal"u8 : "text"u8, _text.ToString());
        if (!_isRefusal)
        {
            writer.WritePropertyName("logprobs"u8);
            OpenAIChatLogprobs.WriteTokens(writer, _logprobs);
        }

        events.End();
    }

    private IEnumerable<(Citation Citation, int Nth)> Annotations() =>
        from citation in _citations
        from nth in Enumerable.Range(0, OpenAIResponsesCitations.Count(citation))
        select (citation, nth);
}
