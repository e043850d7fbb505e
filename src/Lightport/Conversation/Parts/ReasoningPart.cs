namespace Lightport.Conversation;

/// <summary>The model's thinking.</summary>
/// <param name="Text">What it thought, or a summary; empty where the provider shows nothing.</param>
public sealed record ReasoningPart(string Text) : ContentPart
{
    /// <summary>What the provider needs back to go on from here: a signature, or the thinking encrypted.</summary>
    public OpaqueState? State { get; init; }
}
