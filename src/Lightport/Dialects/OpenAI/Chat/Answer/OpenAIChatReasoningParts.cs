using System.Text;
using Lightport.Conversation;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>Joins pieces of thinking into parts: pieces without a state belong together, a state ends a part.</summary>
internal sealed class OpenAIChatReasoningParts
{
    private readonly List<ContentPart> _parts = [];
    private readonly StringBuilder _text = new();
    private bool _isOpen;

    public void Add(string text, OpaqueState? state)
    {
        if (!_isOpen || !OpenAIChatReasoning.MayHoldText(state))
        {
            Close(null);
            _isOpen = text.Length > 0 || state is not null;
        }

        _text.Append(text);
        if (state is not null)
        {
            Close(state);
        }
    }

    public List<ContentPart> ToList()
    {
        Close(null);
        return _parts;
    }

    private void Close(OpaqueState? state)
    {
        if (_isOpen)
        {
            _parts.Add(new ReasoningPart(_text.ToString()) { State = state });
            _text.Clear();
            _isOpen = false;
        }
    }
}
