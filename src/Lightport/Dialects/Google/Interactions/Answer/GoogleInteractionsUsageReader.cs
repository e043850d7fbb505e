using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>Reads the token counts of an interaction (https://ai.google.dev/api/interactions-api).</summary>
internal static class GoogleInteractionsUsageReader
{
    /// <summary>The usage of an interaction; null where nothing is counted.</summary>
    public static TokenUsage? Of(JsonElement interaction)
    {
        if (interaction.ObjectOf("usage") is not { } usage
            || (usage.ValueOf("total_input_tokens") is null && usage.ValueOf("total_output_tokens") is null))
        {
            return null;
        }

        var counts = new GoogleTokenCounts
        {
            Prompt = Count(usage, "total_input_tokens"),
            ToolUsePrompt = Count(usage, "total_tool_use_tokens"),
            Cached = Count(usage, "total_cached_tokens"),
            Output = Count(usage, "total_output_tokens"),
            Thoughts = Count(usage, "total_thought_tokens"),
            PromptAudio = Audio(usage, "input_tokens_by_modality"),
            CachedAudio = Audio(usage, "cached_tokens_by_modality"),
            OutputAudio = Audio(usage, "output_tokens_by_modality"),
        };
        return counts.ToUsage(usage.ItemsOf("grounding_tool_count")
            .Where(one => one.TextOf("type") == "google_search").Sum(one => Count(one, "count")));
    }

    private static long Audio(JsonElement usage, string list) => usage.ItemsOf(list)
        .Where(one => string.Equals(one.TextOf("modality"), "audio", StringComparison.OrdinalIgnoreCase))
        .Sum(one => Count(one, "tokens"));

    /// <summary>Never below nothing, nor so much that sums overflow.</summary>
    private static long Count(JsonElement owner, string name) =>
        owner.ValueOf(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out long count)
            ? Math.Clamp(count, 0, int.MaxValue)
            : 0;
}
