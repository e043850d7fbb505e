using Lightport.Conversation;

namespace Lightport.Tests.Dialects;

/// <summary>Parts of an answer as a decoder tells them.</summary>
internal static class ToldParts
{
    public static StreamEvent[] Text(int index, string text) =>
    [
        new StreamEvent.PartStart(index, new TextPart("")),
        new StreamEvent.TextDelta(index, text),
        new StreamEvent.PartEnd(index),
    ];

    public static StreamEvent[] Cited(int index, string text, Citation citation) =>
    [
        new StreamEvent.PartStart(index, new TextPart("")),
        new StreamEvent.TextDelta(index, text),
        new StreamEvent.CitationAdded(index, citation),
        new StreamEvent.PartEnd(index),
    ];

    /// <summary>Thinking in pieces; none is a state by itself.</summary>
    public static StreamEvent[] Reasoning(int index, OpaqueState? state, params string[] pieces) =>
    [
        new StreamEvent.PartStart(index, new ReasoningPart("")),
        .. pieces.Select(piece => new StreamEvent.ReasoningDelta(index, piece)),
        new StreamEvent.PartEnd(index) { State = state },
    ];

    public static StreamEvent Call(int index, string id, string name) =>
        new StreamEvent.PartStart(index, new ToolCallPart(id, name, ""));
}
