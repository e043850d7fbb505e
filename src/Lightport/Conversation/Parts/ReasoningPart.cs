namespace Lightport.Conversation;

/// <summary>The model's thinking.</summary>
/// <param name="Text">What it thought, or a summary; empty where the provider shows nothing.</param>
public sealed record ReasoningPart(string Text) : ContentPart;
