using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// The text that is being told and what it cites. A citation's span is known only when all of that text has been told,
/// so citations wait for the end of their part.
/// </summary>
internal sealed class OpenAIChatCitedText
{
    private readonly List<Citation> _waiting = [];
    private int _start;
    private int _end;

    public bool HasWaiting => _waiting.Count > 0;

    public void Tell(string text) => _end += text.Length;

    public void Wait(Citation citation) => _waiting.Add(citation);

    /// <summary>What follows is another text.</summary>
    public void EndPart() => _start = _end;

    /// <summary>Writes the citations of the text told so far.</summary>
    public void WriteWaiting(Utf8JsonWriter writer)
    {
        writer.WriteStartArray("annotations"u8);
        foreach (Citation citation in _waiting)
        {
            OpenAIChatCitations.Write(writer, citation, _start, _end);
        }

        writer.WriteEndArray();
        _waiting.Clear();
    }
}
