using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// One item of the output while it is being told. It keeps what it has told, since the answer's end repeats it; where
/// the answer is streamed it tells its events as well.
/// </summary>
/// <param name="id">The item's own id.</param>
/// <param name="index">Its place in the output.</param>
internal abstract class OpenAIResponsesItem(string id, int index)
{
    private int _openParts;

    public string Id => id;

    public int Index => index;

    public OpenAIResponsesItemStatus Status { get; private set; }

    /// <summary>All parts that it has been told of so far are complete.</summary>
    public virtual bool HasEnded => _openParts == 0;

    /// <summary>Whatever comes next, it is over with its one part.</summary>
    public virtual bool IsWhole => false;

    /// <summary>What the provider wants back with it, where the item itself has no slot for that.</summary>
    public virtual OpaqueState? State => null;

    /// <summary>The call that this is; empty where it is none.</summary>
    public virtual string CallId => "";

    protected string StatusWord => Status switch
    {
        OpenAIResponsesItemStatus.InProgress => "in_progress",
        OpenAIResponsesItemStatus.Completed => "completed",
        _ => "incomplete",
    };

    /// <summary>The item as it stands now.</summary>
    public abstract void Write(Utf8JsonWriter writer);

    /// <param name="events">Null where the answer goes whole.</param>
    public void Begin(StreamEvent.PartStart start, OpenAIResponsesEvents? events)
    {
        _openParts++;
        BeginPart(start, events);
    }

    public void End(StreamEvent.PartEnd end, OpenAIResponsesEvents? events)
    {
        _openParts--;
        EndPart(end, events);
    }

    /// <summary>More of a part.</summary>
    public virtual void Add(StreamEvent.PartEvent piece, OpenAIResponsesEvents? events)
    {
    }

    /// <summary>Nothing more comes of it.</summary>
    public void Close(OpenAIResponsesItemStatus status, OpenAIResponsesEvents? events)
    {
        FinishParts(events);
        Status = status;
        events?.TellItem("response.output_item.done"u8, this);
    }

    protected virtual void BeginPart(StreamEvent.PartStart start, OpenAIResponsesEvents? events)
    {
    }

    protected virtual void EndPart(StreamEvent.PartEnd end, OpenAIResponsesEvents? events)
    {
    }

    /// <summary>Tells the ends of what the item is made of, just before its own.</summary>
    protected virtual void FinishParts(OpenAIResponsesEvents? events)
    {
    }
}
