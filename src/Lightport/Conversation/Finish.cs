using System.Text.Json;

namespace Lightport.Conversation;

/// <summary>The end of an answer.</summary>
/// <param name="Reason">The nearest of the field's four.</param>
/// <param name="Native">The provider's own word, kept so that the same dialect gets it back.</param>
/// <param name="StopSequence">The stop string that was met, where the provider says.</param>
public sealed record Finish(FinishReason Reason, string? Native = null, string? StopSequence = null)
{
    /// <summary>The provider's particulars of the end, as JSON (Anthropic's <c>stop_details</c>).</summary>
    public JsonElement? Details { get; init; }
}
