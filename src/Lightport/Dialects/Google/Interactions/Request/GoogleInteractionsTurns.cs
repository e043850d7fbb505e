using Lightport.Conversation;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>Puts steps together into turns: those of one role in a row are one.</summary>
internal sealed class GoogleInteractionsTurns
{
    private readonly List<Message> _messages = [];
    private List<ContentPart> _parts = [];
    private Role? _role;

    /// <summary>How many turns there are, the one that is being put together among them.</summary>
    public int Count => _messages.Count + (_parts.Count > 0 ? 1 : 0);

    public void Add(Role role, ContentPart part)
    {
        Begin(role);
        _parts.Add(part);
    }

    /// <summary>What comes next is another turn, even of the same role: each of the user's steps is one.</summary>
    public void EndTurn() => _role = null;

    public List<Message> End()
    {
        Begin(role: null);
        return _messages;
    }

    private void Begin(Role? role)
    {
        if (_role == role && _role is not null)
        {
            return;
        }

        if (_parts.Count > 0)
        {
            GoogleInteractionsRunDecoder.RestoreStates(_parts);
            _messages.Add(new Message(RoleOfParts, _parts));
            _parts = [];
        }

        (_role, RoleOfParts) = (role, role ?? default);
    }

    private Role RoleOfParts { get; set; }
}
