using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// An item of a streamed answer while it is told. Its parts begin with the first that is told of them, and what no
/// event told, the finished item does.
/// </summary>
/// <param name="parts">Counts the answer's parts.</param>
/// <param name="said">Counts the answer's text.</param>
/// <param name="opening">The item as it began.</param>
internal sealed class OpenAIResponsesOpenItem(AnswerParts parts, OpenAIResponsesSaidText said, JsonElement opening)
{
    private readonly Dictionary<int, OpenAIResponsesToldPart> _told = [];

    /// <summary>The piece of the thought that was told last: which summary, or which text.</summary>
    private (bool IsSummary, int Place) _piece;

    public void AddText(int place, string text, List<StreamEvent> events)
    {
        OpenAIResponsesToldPart told = Told(place, OpenAIResponsesItemReader.OpeningText(opening), events);
        told.HasText = true;
        said.Add(text);
        events.Add(new StreamEvent.TextDelta(told.Index, text));
    }

    public void AddLogprobs(int place, ChoiceLogprobs logprobs, List<StreamEvent> events)
    {
        Told(place, OpenAIResponsesItemReader.OpeningText(opening), events).HasLogprobs = true;
        events.Add(new StreamEvent.LogprobsDelta(logprobs));
    }

    public void AddRefusal(int place, string text, List<StreamEvent> events)
    {
        OpenAIResponsesToldPart told = Told(place, new RefusalPart(""), events);
        told.HasText = true;
        events.Add(new StreamEvent.RefusalDelta(told.Index, text));
    }

    public void Cite(int place, JsonElement annotation, List<StreamEvent> events)
    {
        OpenAIResponsesToldPart told = Told(place, OpenAIResponsesItemReader.OpeningText(opening), events);
        told.Citations++;
        events.Add(new StreamEvent.CitationAdded(
            told.Index, OpenAIResponsesAnnotations.Read(annotation, told.Offset)));
    }

    /// <param name="isSummary">The words are of a summary; else they are the thought itself.</param>
    public void AddThought(bool isSummary, int place, string text, List<StreamEvent> events)
    {
        OpenAIResponsesToldPart told = Told(0, new ReasoningPart("") { Id = opening.TextOf("id") }, events);
        if (told.HasText && _piece != (isSummary, place))
        {
            events.Add(new StreamEvent.ReasoningDelta(told.Index, OpenAIResponsesItemReader.Break));
        }

        (_piece, told.HasText) = ((isSummary, place), true);
        events.Add(new StreamEvent.ReasoningDelta(told.Index, text));
    }

    public void AddArguments(string text, List<StreamEvent> events)
    {
        OpenAIResponsesToldPart told = Told(
            0, OpenAIResponsesItemReader.ReadCall(opening) with { Arguments = "" }, events);
        told.HasText = true;
        events.Add(new StreamEvent.ToolCallDelta(told.Index, text));
    }

    /// <summary>Tells what of the finished item has not been told, and ends its parts.</summary>
    public void Close(JsonElement item, List<StreamEvent> events)
    {
        switch (item.TextOf("type"))
        {
            case "message":
                int place = 0;
                foreach (JsonElement content in item.ItemsOf("content"))
                {
                    CloseContent(item, content, place++, events);
                }

                break;
            case "reasoning":
                Close(OpenAIResponsesItemReader.ReadReasoning(item), 0, events);
                break;
            case "function_call" or "custom_tool_call":
                Close(OpenAIResponsesItemReader.ReadCall(item), 0, events);
                break;
            default:
                var read = new List<ContentPart>();
                OpenAIResponsesItemReader.Read(item, said, read);
                foreach (ContentPart part in read)
                {
                    parts.Add(part, events);
                }

                break;
        }

        Leave(events);
    }

    /// <summary>Ends the parts that have begun: nobody told how the item was in the end.</summary>
    public void Leave(List<StreamEvent> events)
    {
        foreach (OpenAIResponsesToldPart told in _told.Values)
        {
            parts.End(told.Index, events);
        }

        _told.Clear();
    }

    private void CloseContent(JsonElement message, JsonElement content, int place, List<StreamEvent> events)
    {
        OpenAIResponsesToldPart? told = _told.GetValueOrDefault(place);
        if (told is not { HasLogprobs: true }
            && OpenAIResponsesItemReader.ReadLogprobs(content.ValueOf("logprobs")) is { } logprobs)
        {
            events.Add(new StreamEvent.LogprobsDelta(logprobs));
        }

        int offset = told?.Offset ?? said.Length;
        Close(OpenAIResponsesItemReader.ReadContent(message, content, offset), place, events);
    }

    private void Close(ContentPart? part, int place, List<StreamEvent> events)
    {
        if (!_told.Remove(place, out OpenAIResponsesToldPart? told))
        {
            if (part is not null)
            {
                parts.Add(said.Count(part), events);
            }

            return;
        }

        foreach (StreamEvent.PartEvent piece in part is null ? [] : ResponseReplay.Tell(told.Index, part))
        {
            bool isNew = piece switch
            {
                StreamEvent.PartStart or StreamEvent.PartEnd => false,
                StreamEvent.CitationAdded => told.Citations-- <= 0,
                _ => !told.HasText,
            };
            if (isNew)
            {
                said.Add(piece is StreamEvent.TextDelta text ? text.Text : "");
                events.Add(piece);
            }
        }

        events.Add(new StreamEvent.PartEnd(told.Index) { State = part?.State });
    }

    private OpenAIResponsesToldPart Told(int place, ContentPart part, List<StreamEvent> events)
    {
        if (!_told.TryGetValue(place, out OpenAIResponsesToldPart? told))
        {
            _told.Add(place, told = new OpenAIResponsesToldPart(parts.Begin(part, events), said.Length));
        }

        return told;
    }
}
