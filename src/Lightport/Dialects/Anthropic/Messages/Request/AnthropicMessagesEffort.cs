using Lightport.Conversation;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Effort in words and as a number of tokens: the same scale both ways.</summary>
internal static class AnthropicMessagesEffort
{
    public static int Budget(string? effort) => effort switch
    {
        "minimal" => AnthropicMessagesWire.LeastThinkingBudget,
        "low" => 2048,
        "high" => 24576,
        "xhigh" => 32768,
        "max" => 63488,
        _ => 8192,
    };

    /// <summary>The word on this wire; null where neither a word nor a budget was given.</summary>
    public static string? Word(ReasoningOptions asked) => asked switch
    {
        { Effort: "minimal" } => "low",
        { Effort: { } effort } => effort,
        { BudgetTokens: <= 4096 } => "low",
        { BudgetTokens: <= 16384 } => "medium",
        { BudgetTokens: not null } => "high",
        _ => null,
    };
}
