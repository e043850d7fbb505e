using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>Token counts: totals, with details that are part of them.</summary>
internal static class OpenAIResponsesUsage
{
    public static void WriteValue(Utf8JsonWriter writer, TokenUsage usage)
    {
        writer.WriteStartObject();
        writer.WriteNumber("input_tokens"u8, usage.Prompt);
        writer.WriteStartObject("input_tokens_details"u8);
        writer.WriteNumber("cached_tokens"u8, usage.CacheRead);
        writer.WriteNumber("cache_write_tokens"u8, usage.CacheWrite + usage.CacheWriteLong);
        writer.WriteEndObject();
        writer.WriteNumber("output_tokens"u8, usage.Completion);
        writer.WriteStartObject("output_tokens_details"u8);
        writer.WriteNumber("reasoning_tokens"u8, usage.Reasoning);
        writer.WriteEndObject();
        writer.WriteNumber("total_tokens"u8, usage.Total);
        if (usage.Estimated)
        {
            writer.WriteBoolean("estimated"u8, true);
        }

        writer.WriteEndObject();
    }
}
