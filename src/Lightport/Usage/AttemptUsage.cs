using Lightport.Conversation;
using Lightport.Prices;

namespace Lightport.Usage;

/// <summary>What a call used that came to nothing after its provider had begun to work on it.</summary>
/// <param name="Model">The model's name at the provider.</param>
public sealed record AttemptUsage(string Provider, string Model, TokenUsage Usage)
{
    /// <summary>Null where nobody has asked what it cost.</summary>
    public Cost? Cost { get; init; }
}
