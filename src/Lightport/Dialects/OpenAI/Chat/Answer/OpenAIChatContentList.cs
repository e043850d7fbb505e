using System.Text;
using Lightport.Conversation;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// Adds the pieces of a content list to a message's parts: pieces of one kind in a row are one part, and the first may
/// go on from the part before.
/// </summary>
internal sealed class OpenAIChatContentList(List<ContentPart> parts)
{
    private readonly StringBuilder _text = new();
    private ContentPart? _open = parts.Count > 0 ? parts[^1] : null;

    public void AddText(string text)
    {
        if (text.Length > 0)
        {
            Open(_open is TextPart, static () => new TextPart(""));
            _text.Append(text);
        }
    }

    public void AddThinking(string text)
    {
        if (text.Length > 0)
        {
            Open(_open is ReasoningPart { State: null }, static () => new ReasoningPart(""));
            _text.Append(text);
        }
    }

    public void Add(ContentPart part)
    {
        Close();
        parts.Add(part);
        _open = part;
    }

    /// <summary>Puts the part that is open in its place; call it last.</summary>
    public void Close()
    {
        if (_text.Length > 0)
        {
            parts[^1] = _open switch
            {
                TextPart text => text with { Text = text.Text + _text },
                ReasoningPart reasoning => reasoning with { Text = reasoning.Text + _text },
                _ => parts[^1],
            };
            _text.Clear();
        }
    }

    private void Open(bool isOpen, Func<ContentPart> create)
    {
        if (!isOpen)
        {
            Add(create());
        }
    }
}
