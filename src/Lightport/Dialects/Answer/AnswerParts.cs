using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>
/// Tells the parts of one choice for a decoder: counts them, and begins and ends those that the wire itself does not.
/// Text, reasoning and refusal run on until another part begins; all others are ended by whoever began them.
/// </summary>
/// <param name="choice">Which answer of several the parts belong to.</param>
public sealed class AnswerParts(int choice)
{
    private static readonly TextPart Text = new("");
    private static readonly RefusalPart Refusal = new("");
    private static readonly ReasoningPart Reasoning = new("");

    private int _next;
    private ContentPart? _running;

    /// <summary>The part that runs on, if one does, is the last that began.</summary>
    private int Running => _next - 1;

    /// <summary>Begins a part, which ends the one that runs on.</summary>
    /// <returns>The part's index.</returns>
    public int Begin(ContentPart opening, List<StreamEvent> events)
    {
        EndRunning(events);
        events.Add(new StreamEvent.PartStart(_next, opening) { Choice = choice });
        return _next++;
    }

    /// <summary>The part is complete.</summary>
    public void End(int index, List<StreamEvent> events) =>
        events.Add(new StreamEvent.PartEnd(index) { Choice = choice });

    /// <summary>Tells a part that comes whole.</summary>
    public void Add(ContentPart part, List<StreamEvent> events)
    {
        EndRunning(events);
        foreach (StreamEvent.PartEvent piece in ResponseReplay.Tell(_next++, part))
        {
            events.Add(piece with { Choice = choice });
        }
    }

    /// <summary>Tells more of the text that runs on, or the first of one.</summary>
    public void TellText(string text, List<StreamEvent> events)
    {
        Run(Text, events);
        events.Add(new StreamEvent.TextDelta(Running, text) { Choice = choice });
    }

    /// <summary>Tells more of the refusal that runs on, or the first of one.</summary>
    public void TellRefusal(string text, List<StreamEvent> events)
    {
        Run(Refusal, events);
        events.Add(new StreamEvent.RefusalDelta(Running, text) { Choice = choice });
    }

    /// <summary>Tells more of the reasoning that runs on, or the first of one.</summary>
    public void TellReasoning(string text, List<StreamEvent> events)
    {
        Run(Reasoning, events);
        events.Add(new StreamEvent.ReasoningDelta(Running, text) { Choice = choice });
    }

    /// <summary>Tells more of what a call is made with.</summary>
    public void TellArguments(int index, string arguments, List<StreamEvent> events) =>
        events.Add(new StreamEvent.ToolCallDelta(index, arguments) { Choice = choice });

    /// <summary>Tells more of an image or of a sound that was begun.</summary>
    public void Tell(StreamEvent.MediaDelta media, List<StreamEvent> events) =>
        events.Add(media with { Choice = choice });

    /// <summary>Tells a source of the text that runs on.</summary>
    public void Cite(Citation citation, List<StreamEvent> events)
    {
        Run(Text, events);
        events.Add(new StreamEvent.CitationAdded(Running, citation) { Choice = choice });
    }

    /// <summary>Ends the reasoning that runs on with its state, which is a part of its own where none does.</summary>
    public void Seal(OpaqueState state, List<StreamEvent> events)
    {
        if (!ReferenceEquals(_running, Reasoning))
        {
            Add(Reasoning with { State = state }, events);
            return;
        }

        _running = null;
        events.Add(new StreamEvent.PartEnd(Running) { Choice = choice, State = state });
    }

    /// <summary>What runs on is complete; the next piece is of another part, even of the same kind.</summary>
    public void EndRunning(List<StreamEvent> events)
    {
        if (_running is not null)
        {
            _running = null;
            End(Running, events);
        }
    }

    private void Run(ContentPart opening, List<StreamEvent> events)
    {
        if (!ReferenceEquals(_running, opening))
        {
            Begin(opening, events);
            _running = opening;
        }
    }
}
