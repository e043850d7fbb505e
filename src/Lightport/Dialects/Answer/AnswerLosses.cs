using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>
/// What of an answer the client's dialect has no words for: told in a header while there is time, and in the log.
/// </summary>
public sealed class AnswerLosses
{
    /// <summary>Names come from providers too, and a header holds only so many.</summary>
    private const int MostNames = 32;

    private string[] _names = [];

    /// <summary>Each once; a list read while another is added stays as it was.</summary>
    public IReadOnlyList<string> Names => _names;

    public void Add(string name)
    {
        if (_names.Length < MostNames && Array.IndexOf(_names, name) < 0)
        {
            _names = [.. _names, name];
        }
    }

    /// <summary>A part that is left out; text is never.</summary>
    public void Add(ContentPart part) => AddIfNamed(NameOf(part));

    /// <summary>A piece of a streamed answer that is left out, by the same names as the part that it is of.</summary>
    public void Add(StreamEvent streamEvent) => AddIfNamed(streamEvent switch
    {
        StreamEvent.PartStart start => NameOf(start.Part),
        StreamEvent.ReasoningDelta { Text.Length: > 0 } => "reasoning",
        StreamEvent.CitationAdded => "citations",
        _ => null,
    });

    private static string? NameOf(ContentPart part) => part switch
    {
        ReasoningPart { Text.Length: > 0 } => "reasoning",
        ToolCallPart => "tool_calls",
        ImagePart => "images",
        AudioPart => "audio",
        McpCallPart or McpResultPart or McpApprovalRequestPart => "mcp_calls",
        OpaquePart opaque => opaque.Kind,
        _ => null,
    };

    private void AddIfNamed(string? name)
    {
        if (name is not null)
        {
            Add(name);
        }
    }
}
