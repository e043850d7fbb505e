using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>
/// Reads what the model puts out: text that runs on, its sources, pictures and sound. Content of a whole answer and
/// pieces of a stream have the same fields.
/// </summary>
internal sealed class GoogleInteractionsOutputReader(AnswerParts parts)
{
    private readonly StringBuilder _text = new();
    private int _told;
    private string? _sound;
    private int _soundPart;

    public void TellText(string? text, List<StreamEvent> events)
    {
        if (text is { Length: > 0 })
        {
            EndSound(events);
            _text.Append(text);
            _told += text.Length;
            parts.TellText(text, events);
        }
    }

    public void Take(JsonElement content, List<StreamEvent> events)
    {
        switch (content.TextOf("type"))
        {
            case "text":
                int before = _text.Length;
                TellText(content.TextOf("text"), events);
                Cite(content, before, events);
                break;
            case "text_annotation_delta":
                Cite(content, 0, events);
                break;
            case "image":
                EndText(events);
                parts.Add(new ImagePart(Source(content)), events);
                break;
            case "audio":
                TakeSound(content, events);
                break;
            case { } type when GoogleInteractionsContent.Types.Contains(type):
                EndText(events);
                parts.Add(new OpaquePart(DialectIds.GoogleInteractions, type, content), events);
                break;
        }
    }

    /// <summary>The step, or what runs on in it, is complete.</summary>
    public void End(List<StreamEvent> events)
    {
        EndText(events);
        parts.EndRunning(events);
    }

    /// <param name="start">Where in the text that runs on the places are counted from, in units.</param>
    private void Cite(JsonElement owner, int start, List<StreamEvent> events)
    {
        if (owner.ValueOf("annotations") is null)
        {
            return;
        }

        string text = _text.ToString(start, _text.Length - start);
        foreach (Citation citation in GoogleInteractionsCitations.Read(owner, text, _told - text.Length))
        {
            parts.Cite(citation, events);
        }
    }

    /// <summary>A stream brings a sound in many pieces, each as one that would be whole.</summary>
    private void TakeSound(JsonElement content, List<StreamEvent> events)
    {
        string type = content.TextOf("mime_type") ?? "audio/wav";
        if (content.TextOf("data") is not { } data)
        {
            EndText(events);
            parts.Add(new AudioPart(Source(content)), events);
            return;
        }

        if (_sound != type)
        {
            EndText(events);
            _soundPart = parts.Begin(new AudioPart(MediaSource.FromBase64("", type)), events);
            _sound = type;
        }

        parts.Tell(new StreamEvent.MediaDelta(_soundPart, data, null), events);
    }

    private static MediaSource Source(JsonElement content)
    {
        string? type = content.TextOf("mime_type");
        return content.TextOf("uri") is { Length: > 0 } address
            ? MediaSource.FromUrl(address, type)
            : MediaSource.FromBase64(content.TextOf("data") ?? "", type ?? "application/octet-stream");
    }

    private void EndText(List<StreamEvent> events)
    {
        EndSound(events);
        _text.Clear();
    }

    private void EndSound(List<StreamEvent> events)
    {
        if (_sound is not null)
        {
            _sound = null;
            parts.End(_soundPart, events);
        }
    }
}
