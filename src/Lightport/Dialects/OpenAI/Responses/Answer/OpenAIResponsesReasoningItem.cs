using System.Text;
using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// The model's thinking: its words as one summary, so that a signature over them still holds when they come back, and
/// what its provider wants back with them.
/// </summary>
/// <param name="slot">What <c>encrypted_content</c> holds from the start; null where that is not known.</param>
internal sealed class OpenAIResponsesReasoningItem(string id, int index, string? slot = null)
    : OpenAIResponsesItem(id, index)
{
    private StringBuilder? _text;
    private string? _slot = slot;

    public override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, Id);
        writer.WriteString("type"u8, "reasoning"u8);
        writer.WriteStartArray("summary"u8);
        if (_text is not null)
        {
            WriteSummary(writer, Status == OpenAIResponsesItemStatus.InProgress ? "" : _text.ToString());
        }

        writer.WriteEndArray();
        if (_slot is not null)
        {
            writer.WriteString("encrypted_content"u8, _slot);
        }

        writer.WriteString("status"u8, StatusWord);
        writer.WriteEndObject();
    }

    public override void Add(StreamEvent.PartEvent piece, OpenAIResponsesEvents? events)
    {
        if (piece is not StreamEvent.ReasoningDelta { Text.Length: > 0 } thought)
        {
            return;
        }

        if (_text is null)
        {
            _text = new StringBuilder();
            TellPart("response.reasoning_summary_part.added"u8, "", events);
        }

        _text.Append(thought.Text);
        TellText("response.reasoning_summary_text.delta"u8, "delta"u8, thought.Text, events);
    }

    protected override void BeginPart(StreamEvent.PartStart start, OpenAIResponsesEvents? events) =>
        _slot = OpenAIResponsesReasoning.WriteSlot(start.Part.State);

    protected override void EndPart(StreamEvent.PartEnd end, OpenAIResponsesEvents? events) =>
        _slot = OpenAIResponsesReasoning.WriteSlot(end.State) ?? _slot;

    protected override void FinishParts(OpenAIResponsesEvents? events)
    {
        if (_text is not null)
        {
            string text = _text.ToString();
            TellText("response.reasoning_summary_text.done"u8, "text"u8, text, events);
            TellPart("response.reasoning_summary_part.done"u8, text, events);
        }
    }

    private static void WriteSummary(Utf8JsonWriter writer, string text)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "summary_text"u8);
        writer.WriteString("text"u8, text);
        writer.WriteEndObject();
    }

    private void TellPart(ReadOnlySpan<byte> type, string text, OpenAIResponsesEvents? events)
    {
        if (events is not null)
        {
            Utf8JsonWriter writer = events.Begin(type, this);
            writer.WriteNumber("summary_index"u8, 0);
            writer.WritePropertyName("part"u8);
            WriteSummary(writer, text);
            events.End();
        }
    }

    private void TellText(
        ReadOnlySpan<byte> type, ReadOnlySpan<byte> field, string text, OpenAIResponsesEvents? events)
    {
        if (events is not null)
        {
            Utf8JsonWriter writer = events.Begin(type, this);
            writer.WriteNumber("summary_index"u8, 0);
            writer.WriteString(field, text);
            events.End();
        }
    }
}
