namespace Lightport.Conversation;

/// <summary>What another model of the provider's used for an answer.</summary>
/// <param name="Model">As the provider names it.</param>
public sealed record ModelUsage(string Model, TokenUsage Usage);
