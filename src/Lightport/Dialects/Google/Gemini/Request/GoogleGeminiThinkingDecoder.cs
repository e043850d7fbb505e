using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Reads how much to think (https://ai.google.dev/gemini-api/docs/thinking): a level, or a budget in tokens, where 0 is
/// none and -1 as much as the model likes. Thoughts are shown only to whoever asks for them.
/// </summary>
internal static class GoogleGeminiThinkingDecoder
{
    /// <summary>The display of thinking that a client asked to see; any other is not shown.</summary>
    public const string Shown = "summarized";

    private const string NotShown = "omitted";

    private const string Field = "generationConfig.thinkingConfig";

    private static readonly FrozenSet<string> Known =
        GoogleGeminiFields.Names("includeThoughts", "thinkingBudget", "thinkingLevel");

    public static ReasoningOptions? Decode(GoogleGeminiFields fields, JsonElement config, List<Extension> extensions)
    {
        if (fields.Object(config, "thinkingConfig") is not { } thinking)
        {
            return null;
        }

        extensions.AddRange(fields.Others(thinking, Known, $"{Field}."));
        var read = new ReasoningOptions
        {
            Field = Field,
            Display = fields.Boolean(thinking, "includeThoughts") == true ? Shown : NotShown,
        };
        if (fields.Word(thinking, "thinkingLevel") is { } level and not "THINKING_LEVEL_UNSPECIFIED")
        {
            return read with { Enabled = true, Effort = level.ToLowerInvariant() };
        }

        return fields.Integer(thinking, "thinkingBudget") switch
        {
            null => read.Display == Shown ? read : null,
            0 => read with { Enabled = false },
            < 0 => read with { Enabled = true, Adaptive = true },
            var budget => read with { Enabled = true, BudgetTokens = budget },
        };
    }
}
