using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>A picture that the model made.</summary>
internal sealed class OpenAIResponsesImageItem(string id, int index) : OpenAIResponsesItem(id, index)
{
    private readonly MediaBuilder _data = new();
    private string? _result;

    public override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, Id);
        writer.WriteString("type"u8, "image_generation_call"u8);
        writer.WriteString("status"u8, Status == OpenAIResponsesItemStatus.Incomplete ? "failed" : StatusWord);
        writer.WriteString("result"u8, _result);
        writer.WriteEndObject();
    }

    public override void Add(StreamEvent.PartEvent piece, OpenAIResponsesEvents? events)
    {
        if (piece is StreamEvent.MediaDelta media)
        {
            _data.Add(media.Data);
        }
    }

    protected override void BeginPart(StreamEvent.PartStart start, OpenAIResponsesEvents? events)
    {
        _data.Add((start.Part as ImagePart)?.Source.Base64);
        Tell("response.image_generation_call.in_progress"u8, events);
    }

    protected override void FinishParts(OpenAIResponsesEvents? events)
    {
        _result = _data.Join();
        Tell("response.image_generation_call.completed"u8, events);
    }

    private void Tell(ReadOnlySpan<byte> type, OpenAIResponsesEvents? events)
    {
        if (events is not null)
        {
            events.Begin(type, this);
            events.End();
        }
    }
}
