using Lightport.Conversation;

namespace Lightport.Usage;

/// <summary>What a call used that came to nothing after its provider had begun to work on it.</summary>
/// <param name="Model">The model's name at the provider.</param>
public sealed record AttemptUsage(string Provider, string Model, TokenUsage Usage);
