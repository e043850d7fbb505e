namespace Lightport.Conversation;

/// <summary>A place in a document, counted as the provider that cites it counts.</summary>
/// <param name="End">Just after the place's last unit.</param>
public readonly record struct CitedPlace(CitedUnit Unit, int Start, int End);

/// <summary>What a place in a document is counted in.</summary>
public enum CitedUnit
{
    Character,
    Page,

    /// <summary>A piece that whoever gave the document cut it into.</summary>
    Block,
}
