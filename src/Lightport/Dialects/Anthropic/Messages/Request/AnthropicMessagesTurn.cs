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

    public bool HasResults => _results.Count > 0;

    public void Add(ContentPart part) => (part is ToolResultPart ? _results : _others).Add(part);
}
