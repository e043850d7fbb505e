using Lightport.Conversation;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Effort in words and as a number of tokens, in the words of this wire.</summary>
internal static class AnthropicMessagesEffort
{
    public static int Budget(string? effort) => EffortScale.Budget(effort);

    /// <summary>The word on this wire; null where neither a word nor a budget was given.</summary>
    public static string? Word(ReasoningOptions asked) =>
        asked.Effort == "minimal" ? "low" : EffortScale.Word(asked);
}
