using System.Globalization;
using Lightport.Conversation;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// Makes items of the parts of an answer, in the order in which they begin. The item that began last stays open until
/// another begins or the answer ends, since only then is it known whether the answer was cut off in it.
/// </summary>
/// <param name="tools">The tools that the client knows by another name or type than the model.</param>
internal sealed class OpenAIResponsesAnswer(AnswerContext context, OpenAIResponsesAnswerTools tools)
{
    private readonly List<OpenAIResponsesItem> _items = [];
    private readonly Dictionary<int, OpenAIResponsesItem> _byPart = [];
    private readonly Dictionary<string, OpenAIResponsesMcpCallItem> _runs = [];
    private int _textLength;

    /// <summary>The items so far.</summary>
    public IReadOnlyList<OpenAIResponsesItem> Items => _items;

    private IdSeal Seal => context.Seal ?? throw new InvalidOperationException("Nothing seals the ids of calls.");

    /// <summary>What the id of the next item ends with: it says where that stands.</summary>
    private string Place => string.Create(CultureInfo.InvariantCulture, $"_{context.RequestId}_{_items.Count}");

    private OpenAIResponsesItem? Last => _items.Count > 0 ? _items[^1] : null;

    /// <param name="events">Null where the answer goes whole.</param>
    public void Tell(StreamEvent.PartEvent piece, OpenAIResponsesEvents? events)
    {
        switch (piece)
        {
            case StreamEvent.PartStart { Part: McpResultPart result }
                when _runs.Remove(result.CallId, out OpenAIResponsesMcpCallItem? run):
                End(run, result, events);
                break;
            case StreamEvent.PartStart start:
                Begin(start, events);
                break;
            case StreamEvent.MediaDelta { Transcript: not null } spoken when !_byPart.ContainsKey(piece.Index):
                // Sound has no place here; its words are said as text.
                Begin(new StreamEvent.PartStart(piece.Index, new TextPart("")), events);
                _byPart[piece.Index].Add(spoken, events);
                break;
            case StreamEvent.CitationAdded { Citation: var citation } when !OpenAIResponsesCitations.CanWrite(citation):
                context.Losses.Add("citations");
                goto default;
            case StreamEvent.PartEnd end when _byPart.TryGetValue(end.Index, out OpenAIResponsesItem? item):
                item.End(end, events);
                if (item.HasEnded && (item != Last || item.IsWhole))
                {
                    Close(item, OpenAIResponsesItemStatus.Completed, events);
                }

                break;
            default:
                _byPart.GetValueOrDefault(piece.Index)?.Add(piece, events);
                break;
        }
    }

    /// <summary>A call that has not ended is under way: OpenAI has no words for how far.</summary>
    public void TellRunning(RunReport run, OpenAIResponsesEvents events)
    {
        if (_runs.TryGetValue(run.CallId, out OpenAIResponsesMcpCallItem? item))
        {
            item.TellRunning(events);
        }
    }

    /// <summary>Log probabilities belong to the text that is told, or was told last.</summary>
    public void Tell(ChoiceLogprobs logprobs)
    {
        if ((logprobs.Content ?? logprobs.Refusal) is { Count: > 0 } tokens
            && _items.FindLast(item => item is OpenAIResponsesMessageItem) is var said
            && (said as OpenAIResponsesMessageItem)?.TryAdd(tokens) != true)
        {
            context.Losses.Add("logprobs");
        }
    }

    /// <summary>The answer has ended: whatever is open ends with it.</summary>
    /// <param name="isCut">It has not come to its own end.</param>
    public void End(bool isCut, OpenAIResponsesEvents? events)
    {
        OpenAIResponsesItem? last = Last;
        foreach (OpenAIResponsesItem item in _items.ToArray())
        {
            if (item.Status == OpenAIResponsesItemStatus.InProgress)
            {
                Close(
                    item,
                    isCut && item == last ? OpenAIResponsesItemStatus.Incomplete : OpenAIResponsesItemStatus.Completed,
                    events);
            }
        }
    }

    private void Begin(StreamEvent.PartStart start, OpenAIResponsesEvents? events)
    {
        if (Last is OpenAIResponsesMessageItem message && message.IsOf(start.Part))
        {
            _byPart[start.Index] = message;
            message.Begin(start, events);
            return;
        }

        if (Last is { Status: OpenAIResponsesItemStatus.InProgress, HasEnded: true } earlier)
        {
            // Before the next has its place, for a state that belongs to the earlier one takes a place, too.
            Close(earlier, OpenAIResponsesItemStatus.Completed, events);
        }

        if (Create(start) is not { } item)
        {
            context.Losses.Add(start);
            return;
        }

        _byPart[start.Index] = item;
        _items.Add(item);
        events?.TellItem("response.output_item.added"u8, item);
        item.Begin(start, events);
    }

    /// <summary>A call and its result are one item, whatever else was told between them.</summary>
    private void End(OpenAIResponsesMcpCallItem run, McpResultPart result, OpenAIResponsesEvents? events)
    {
        if (!ToldResult.IsText(result.Parts))
        {
            context.Losses.Add("mcp_call.output");
        }

        run.Take(result);
        Close(run, OpenAIResponsesItemStatus.Completed, events);
    }

    private OpenAIResponsesItem? Create(StreamEvent.PartStart start)
    {
        int index = _items.Count;
        switch (start.Part)
        {
            case TextPart or RefusalPart:
                string kind = start.Part.Id == SealedCall.TiedWords ? $"msg_{SealedCall.TiedWords}" : "msg";
                return new OpenAIResponsesMessageItem(NewId(kind), index, _textLength, start.Part);
            case ReasoningPart thought:
                // What OpenAI has encrypted is bound to the id that it came with.
                return new OpenAIResponsesReasoningItem(thought.Id ?? NewId("rs"), index);
            case ToolCallPart call:
                string callId = call.CallId.Length > 0 ? call.CallId : NewId("call");
                return tools.ClientTool(call.Name) is { } tool
                    ? new OpenAIResponsesClientToolItem(NewId("ct"), index, callId, tool)
                    : tools.Call(call, NewId(call.Kind == ToolKind.Custom ? "ctc" : "fc"), index, callId);
            case McpToolListPart list:
                return new OpenAIResponsesMcpListItem(NewId(OpenAIResponsesMcpItems.ListId), index, list);
            case McpCallPart run:
                return _runs[run.CallId] = new OpenAIResponsesMcpCallItem(
                    OpenAIResponsesMcpItems.IdOf(run, Seal, Place), index, run);
            case McpApprovalRequestPart asked:
                return new OpenAIResponsesMcpApprovalItem(
                    OpenAIResponsesMcpItems.IdOf(asked, Seal, Place, context.Clock.GetUtcNow()), index, asked);
            case ImagePart { Source.Base64: not null }:
                return new OpenAIResponsesImageItem(NewId("ig"), index);
            case OpaquePart { Dialect: DialectIds.OpenAIResponses } own:
                return new OpenAIResponsesOwnItem(index, own);
            default:
                return null;
        }
    }

    private void Close(OpenAIResponsesItem item, OpenAIResponsesItemStatus status, OpenAIResponsesEvents? events)
    {
        item.Close(status, events);
        if (item is OpenAIResponsesMessageItem message)
        {
            _textLength += message.Length;
        }

        if (item.State is { } state)
        {
            // Right behind what it belongs to, for clients keep items in the order in which they are done.
            var slot = new OpenAIResponsesReasoningItem(
                NewId("rs"), _items.Count, OpenAIResponsesReasoning.WriteSlotOfPart(state, item.CallId));
            _items.Add(slot);
            events?.TellItem("response.output_item.added"u8, slot);
            slot.Close(OpenAIResponsesItemStatus.Completed, events);
        }
    }

    /// <summary>An id of the gateway's own: no provider knows it, nor any other answer.</summary>
    private string NewId(string kind) => kind + Place;
}
