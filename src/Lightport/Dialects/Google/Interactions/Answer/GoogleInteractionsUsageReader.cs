using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>
/// Reads token counts: the input's hold what a cache read, the output's leave out the thinking, and what tools put into
/// the prompt is counted beside it.
/// </summary>
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

        long prompt = Count(usage, "total_input_tokens");
        long cached = Math.Min(Count(usage, "total_cached_tokens"), prompt);
        long heard = Audio(usage, "input_tokens_by_modality") - Audio(usage, "cached_tokens_by_modality");
        long audio = Math.Clamp(heard, 0, prompt - cached);
        long output = Count(usage, "total_output_tokens");
        long spoken = Math.Min(Audio(usage, "output_tokens_by_modality"), output);
        return new TokenUsage
        {
            Input = prompt + Count(usage, "total_tool_use_tokens") - cached - audio,
            CacheRead = cached,
            InputAudio = audio,
            Output = output - spoken,
            OutputAudio = spoken,
            Reasoning = Count(usage, "total_thought_tokens"),
            WebSearches = usage.ItemsOf("grounding_tool_count")
                .Where(one => one.TextOf("type") == "google_search").Sum(one => Count(one, "count")),
        };
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
