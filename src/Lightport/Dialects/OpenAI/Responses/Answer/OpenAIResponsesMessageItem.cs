using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>What the model says to the user: texts and refusals in a row.</summary>
/// <param name="before">How much text the answer has before it, in UTF-16 units.</param>
/// <param name="first">The part that it begins with.</param>
internal sealed class OpenAIResponsesMessageItem(string id, int index, int before, ContentPart first)
    : OpenAIResponsesItem(id, index)
{
    private readonly List<OpenAIResponsesContent> _contents = [];

    /// <summary>The length of its texts, in UTF-16 units.</summary>
    public int Length => _contents.Sum(content => content.Length);

    public override OpaqueState? State => _contents.FindLast(content => content.State is not null)?.State;

    /// <summary>Whether a part goes on with this message: one that its provider told as another does not.</summary>
    public bool IsOf(ContentPart part) =>
        Status == OpenAIResponsesItemStatus.InProgress && part is TextPart or RefusalPart && part.Id == first.Id;

    /// <summary>Takes log probabilities of the text that is being told.</summary>
    /// <returns>False where none is.</returns>
    public bool TryAdd(IReadOnlyList<TokenLogprob> logprobs)
    {
        if (_contents.FindLast(content => !content.IsFinished) is not { } open)
        {
            return false;
        }

        open.Add(logprobs);
        return true;
    }

    public override void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, Id);
        writer.WriteString("type"u8, "message"u8);
        writer.WriteString("status"u8, StatusWord);
        writer.WriteString("role"u8, "assistant"u8);
        foreach (Extension said in first.Extensions)
        {
            if (said.Name == OpenAIResponsesWire.Phase)
            {
                writer.WritePropertyName(said.Name);
                writer.WriteMended(said.Value);
            }
        }

        writer.WriteStartArray("content"u8);
        foreach (OpenAIResponsesContent content in _contents)
        {
            content.Write(writer);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    public override void Add(StreamEvent.PartEvent piece, OpenAIResponsesEvents? events) =>
        Find(piece.Index)?.Add(piece, events);

    protected override void BeginPart(StreamEvent.PartStart start, OpenAIResponsesEvents? events)
    {
        foreach (OpenAIResponsesContent earlier in _contents)
        {
            if (earlier.HasEnded)
            {
                earlier.Finish(events);
            }
        }

        var content = new OpenAIResponsesContent(this, _contents.Count, start, before + Length);
        events?.TellContent("response.content_part.added"u8, content);
        _contents.Add(content);
    }

    /// <summary>The last text stays open: its log probabilities may come behind it.</summary>
    protected override void EndPart(StreamEvent.PartEnd end, OpenAIResponsesEvents? events)
    {
        if (Find(end.Index) is { } content)
        {
            content.End(end.State);
            if (content != _contents[^1])
            {
                content.Finish(events);
            }
        }
    }

    protected override void FinishParts(OpenAIResponsesEvents? events) =>
        _contents.ForEach(content => content.Finish(events));

    private OpenAIResponsesContent? Find(int part) => _contents.FindLast(content => content.Part == part);
}
