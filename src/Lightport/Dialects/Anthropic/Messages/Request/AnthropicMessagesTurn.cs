using Lightport.Conversation;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>A turn as it goes on the wire: a role, and blocks that can all be written.</summary>
internal sealed class AnthropicMessagesTurn(string role)
{
    private List<ContentPart>? _results;
    private readonly List<ContentPart> _others = [];

    public string Role { get; } = role;

    /// <summary>Tool results first, as the API demands of a turn that answers calls.</summary>
    public IReadOnlyList<ContentPart> Blocks => _results is null ? _others : [.. _results, .. _others];

    public IReadOnlyList<Extension> Extensions { get; init; } = [];

    public bool HasResults => _results is not null;

    public void Add(ContentPart part) => (part is ToolResultPart ? _results ??= [] : _others).Add(part);
}
