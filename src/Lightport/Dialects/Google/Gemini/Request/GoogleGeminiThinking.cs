using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Writes how much to think: by a level for Gemini 3 and later, by a budget for Gemini 2.5
/// (https://ai.google.dev/gemini-api/docs/thinking). Who asks for thinking sees summaries of it.
/// </summary>
internal static class GoogleGeminiThinking
{
    /// <summary>The model decides itself.</summary>
    private const int Dynamic = -1;

    /// <summary>The most that every model takes which takes a budget.</summary>
    private const int LargestBudget = 24576;

    public static void Write(Utf8JsonWriter writer, ChatRequest request, EncodingContext context)
    {
        const string Prefix = GoogleGeminiExtensions.ThinkingPrefix;
        Extension[] others = GoogleGeminiExtensions.Under(request, Prefix);
        ReasoningOptions? asked = request.Options.Reasoning;
        if (asked is not null && context.Traits.Thinking == ThinkingStyle.None)
        {
            string field = asked.Field ?? "reasoning_effort";
            if (!IsOff(asked))
            {
                context.Losses.Drop(field);
            }

            asked = null;
        }

        if (asked is null && others.Length == 0)
        {
            return;
        }

        writer.WriteStartObject("thinkingConfig"u8);
        if (asked is not null)
        {
            Write(writer, asked, GoogleGeminiRequestEncoder.IsOwn(request), context);
        }

        GoogleGeminiExtensions.Write(writer, others, Prefix);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, ReasoningOptions asked, bool own, EncodingContext context)
    {
        string? wished = IsOff(asked) ? "none" : EffortScale.Word(asked);
        string? word = wished is null ? null : EffortScale.Within(wished, context.Traits.Efforts);
        if (context.Traits.Thinking == ThinkingStyle.Budget)
        {
            WriteBudget(writer, asked, word, wished, context);
        }
        else if (word == "none")
        {
            // A model that can be told not to think is told so by a budget, as levels have no word for it.
            writer.WriteNumber("thinkingBudget"u8, 0);
        }
        else if (word is not null)
        {
            NoteIf(word != wished, asked.Field ?? "reasoning_effort", context);
            writer.WriteString("thinkingLevel"u8, word);
        }

        bool shows = own ? asked.Display is not (null or "omitted") : asked.Display != "omitted";
        if (word != "none" && shows)
        {
            writer.WriteBoolean("includeThoughts"u8, true);
        }
    }

    private static void WriteBudget(
        Utf8JsonWriter writer, ReasoningOptions asked, string? word, string? wished, EncodingContext context)
    {
        int budget = asked.Adaptive ? Dynamic : asked.BudgetTokens ?? BudgetOf(word);
        NoteIf(word != wished || budget > LargestBudget, asked.Field ?? "reasoning_effort", context);
        writer.WriteNumber("thinkingBudget"u8, word == "none" ? 0 : Math.Min(budget, LargestBudget));
    }

    private static bool IsOff(ReasoningOptions asked) =>
        asked.Enabled == false || asked.Effort == "none" || asked is { Effort: null, BudgetTokens: 0 };

    private static int BudgetOf(string? word) => word switch
    {
        "minimal" => 1024,
        "low" => 2048,
        "medium" => 8192,
        "high" or "xhigh" or "max" => LargestBudget,
        _ => Dynamic,
    };

    private static void NoteIf(bool changed, string field, EncodingContext context)
    {
        if (changed)
        {
            context.Losses.Note(field);
        }
    }
}
