namespace Lightport.Enrichment.Sources;

/// <summary>Where a source's text is put.</summary>
internal enum ContextPlace
{
    /// <summary>Into the system's words, once, when a conversation begins.</summary>
    System,

    /// <summary>Before the user's last turn, anew each time.</summary>
    Turn,

    /// <summary>Nowhere, until the model asks for it: it is offered as a tool.</summary>
    Tool,
}
