using Lightport.Conversation;

namespace Lightport.Dialects.Aws.Converse;

/// <summary>A turn as it goes on the wire: a role, and blocks that can all be written.</summary>
internal sealed class AwsConverseTurn(string role)
{
    private List<ContentPart>? _results;
    private readonly List<ContentPart> _others = [];

    public string Role { get; } = role;

    public bool HasResults => _results is not null;

    /// <summary>Tool results first, right after their calls.</summary>
    public List<ContentPart> Blocks => _results is null ? _others : [.. _results, .. _others];

    public void Add(ContentPart part) => (part is ToolResultPart ? _results ??= [] : _others).Add(part);

    /// <summary>Whether it begins with reasoning that its maker signed.</summary>
    public bool BeginsSigned => _others.FirstOrDefault() is ReasoningPart;
}
