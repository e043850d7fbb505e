using System.Text.Json.Nodes;

namespace Lightport.Tests.Laws.Reading;

/// <summary>Tokens: all of the prompt and, of it, from the cache and into it; all of the output and, of it, thinking.</summary>
internal sealed record ToldUsage(long Prompt, long CacheRead, long CacheWrite, long Completion, long Reasoning)
{
    public static ToldUsage? OfChat(JsonObject usage)
    {
        JsonObject input = usage["prompt_tokens_details"] as JsonObject ?? [];
        JsonObject output = usage["completion_tokens_details"] as JsonObject ?? [];
        long prompt = Number(usage, "prompt_tokens");
        long completion = Number(usage, "completion_tokens");
        long cached = Math.Min(prompt, new[]
        {
            Number(input, "cached_tokens"), Number(usage, "cached_tokens"), Number(usage, "num_cached_tokens"),
            Number(usage, "prompt_cache_hit_tokens"),
        }.Max());
        long written = Math.Max(Number(input, "cache_write_tokens"), Number(input, "cache_creation_tokens"));
        long reasoning = Math.Max(Number(output, "reasoning_tokens"), Number(usage, "reasoning_tokens"));

        // xAI, and some behind OpenRouter, count reasoning beside the completion, not within it.
        bool beside = reasoning > completion
            || (reasoning > 0 && Number(usage, "total_tokens") == prompt + completion + reasoning);
        return OrNone(new ToldUsage(
            prompt,
            cached,
            Math.Min(written, prompt - cached),
            beside ? completion + reasoning : completion,
            reasoning));
    }

    public static ToldUsage? OfMessages(JsonObject usage)
    {
        long read = Number(usage, "cache_read_input_tokens");
        long written = Number(usage, "cache_creation_input_tokens");
        long output = Number(usage, "output_tokens");
        long thinking = Number(usage["output_tokens_details"] as JsonObject ?? [], "thinking_tokens");
        return OrNone(new ToldUsage(
            Number(usage, "input_tokens") + read + written, read, written, output, Math.Min(thinking, output)));
    }

    public static ToldUsage? OfGemini(JsonObject usage)
    {
        long thoughts = Number(usage, "thoughtsTokenCount");
        return OrNone(new ToldUsage(
            Number(usage, "promptTokenCount") + Number(usage, "toolUsePromptTokenCount"),
            Number(usage, "cachedContentTokenCount"),
            0,
            Number(usage, "candidatesTokenCount") + thoughts,
            thoughts));
    }

    public static ToldUsage? OfResponses(JsonObject usage)
    {
        JsonObject input = usage["input_tokens_details"] as JsonObject ?? [];
        long prompt = Number(usage, "input_tokens");
        long cached = Math.Min(prompt, Number(input, "cached_tokens"));
        long reasoning = Number(usage["output_tokens_details"] as JsonObject ?? [], "reasoning_tokens");
        long completion = Number(usage, "output_tokens");
        return OrNone(new ToldUsage(
            prompt,
            cached,
            Math.Min(prompt - cached, Number(input, "cache_write_tokens")),
            reasoning > completion ? completion + reasoning : completion,
            reasoning));
    }

    public static ToldUsage? OfInteractions(JsonObject usage)
    {
        long thoughts = Number(usage, "total_thought_tokens");
        return OrNone(new ToldUsage(
            Number(usage, "total_input_tokens"),
            Number(usage, "total_cached_tokens"),
            0,
            Number(usage, "total_output_tokens") + thoughts,
            thoughts));
    }

    public override string ToString() =>
        $"prompt {Prompt} cached {CacheRead} written {CacheWrite} completion {Completion} reasoning {Reasoning}";

    private static ToldUsage? OrNone(ToldUsage usage) => usage.Prompt + usage.Completion > 0 ? usage : null;

    private static long Number(JsonObject owner, string name) =>
        owner[name] is JsonValue value && value.TryGetValue(out long number) ? number : 0;
}
