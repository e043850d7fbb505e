namespace Lightport.Conversation;

/// <summary>The model's words for why it does not answer.</summary>
public sealed record RefusalPart(string Text) : ContentPart;
