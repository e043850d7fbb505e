using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// Says how much to think by chat's one word, <c>reasoning_effort</c>, as far as the model takes it
/// (https://platform.openai.com/docs/guides/reasoning). A budget in tokens becomes the word of its size: up to 4,096
/// low, up to 16,384 medium, above that high. A model that decides itself is told nothing.
/// </summary>
internal static class OpenAIChatEffort
{
    private const int LowBudget = 4096;
    private const int MediumBudget = 16384;

    public static void Write(Utf8JsonWriter writer, ReasoningOptions? reasoning, EncodingContext context)
    {
        if (Taken(reasoning, context) is { } effort)
        {
            writer.WriteString("reasoning_effort"u8, effort);
        }
    }

    /// <summary>The word that the model takes for what the client asked; null where it is told none.</summary>
    internal static string? Taken(ReasoningOptions? reasoning, EncodingContext context)
    {
        if (reasoning is null || Word(reasoning) is not { } effort)
        {
            return null;
        }

        string field = reasoning.Field ?? "reasoning_effort";
        if (context.Traits.Thinking == ThinkingStyle.None)
        {
            if (effort != "none")
            {
                context.Losses.Drop(field);
            }

            return null;
        }

        string taken = EffortScale.Within(effort, context.Traits.Efforts);
        if (taken != effort)
        {
            context.Losses.Note(field);
        }

        return taken;
    }

    internal static string? Word(ReasoningOptions reasoning) => reasoning switch
    {
        { Enabled: false } => "none",
        { Effort: { } effort } => effort,
        { BudgetTokens: 0 } => "none",
        { BudgetTokens: <= LowBudget } => "low",
        { BudgetTokens: <= MediumBudget } => "medium",
        { BudgetTokens: not null } => "high",
        _ => null,
    };
}
