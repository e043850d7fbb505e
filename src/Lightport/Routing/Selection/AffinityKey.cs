namespace Lightport.Routing.Selection;

/// <summary>What requests have in common that are kept at one target.</summary>
public enum AffinityKey
{
    /// <summary>What the client says of its session, else of its user, else how the conversation begins.</summary>
    Session,

    /// <summary>The user that the client names, else its key.</summary>
    User,

    /// <summary>How the conversation begins: system text, tools, and the turns up to the user's first.</summary>
    Prompt,
}
