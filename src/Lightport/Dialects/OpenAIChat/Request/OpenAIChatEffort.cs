using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.OpenAIChat;

/// <summary>
/// Says how much to think by chat's one word, <c>reasoning_effort</c>. A budget in tokens becomes the word of its size:
/// up
/// to 4,096 low, up to 16,384 medium, above that high. A model that decides itself is told nothing.
/// </summary>
internal static class OpenAIChatEffort
{
    private const int LowBudget = 4096;
    private const int MediumBudget = 16384;

    public static void Write(
        Utf8JsonWriter writer, ReasoningOptions? reasoning, string clientDialect, EncodingContext context)
    {
        if (reasoning is null || Word(reasoning) is not { } effort)
        {
            return;
        }

        if (context.Traits.Thinking != ThinkingStyle.None)
        {
            writer.WriteString("reasoning_effort"u8, effort);
        }
        else if (effort != "none")
        {
            string field = reasoning.Field
                ?? (clientDialect == DialectIds.AnthropicMessages ? "thinking" : "reasoning_effort");
            context.Losses.Drop(field);
        }
    }

    internal static string? Word(ReasoningOptions reasoning) => reasoning switch
    {
        { Enabled: false } => "none",
        { Effort: "max" } => "xhigh",
        { Effort: { } effort } => effort,
        { BudgetTokens: 0 } => "none",
        { BudgetTokens: <= LowBudget } => "low",
        { BudgetTokens: <= MediumBudget } => "medium",
        { BudgetTokens: not null } => "high",
        _ => null,
    };
}
