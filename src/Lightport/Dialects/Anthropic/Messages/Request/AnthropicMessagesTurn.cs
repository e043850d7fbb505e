using Lightport.Conversation;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>A turn as it goes on the wire: a role, and blocks that can all be written.</summary>
internal sealed class AnthropicMessagesTurn(string role)
{
    private readonly List<ContentPart> _results = [];
    private readonly List<ContentPart> _others = [];

    public string Role { get; } = role;

    /// <summary>Tool results first, as the API demands of a turn that answers calls.</summary>
    public IEnumerable<ContentPart> Blocks => _results.Concat(_others);

    public IReadOnlyList<Extension> Extensions { get; init; } = [];

    public bool IsEmpty => _results.Count == 0 && _others.Count == 0;

    public bool HasResults => _results.Count > 0;

    public void Add(ContentPart part) => (part is ToolResultPart ? _results : _others).Add(part);

    /// <summary>Cuts white space off the end: the API refuses it where the answer is to go on from this text.</summary>
    public void TrimEnd()
    {
        if (_others.Count > 0 && _others[^1] is TextPart last)
        {
            _others.RemoveAt(_others.Count - 1);
            string text = last.Text.TrimEnd();
            if (text.Length > 0)
            {
                _others.Add(last with { Text = text });
            }
        }
    }
}
