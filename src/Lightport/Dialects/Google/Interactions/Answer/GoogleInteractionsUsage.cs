using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>Token counts: the input's hold what a cache read, the output's leave out the thinking.</summary>
internal static class GoogleInteractionsUsage
{
    public static void Write(Utf8JsonWriter writer, TokenUsage usage)
    {
        writer.WriteStartObject("usage"u8);
        writer.WriteNumber("total_input_tokens"u8, usage.Prompt);
        writer.WriteNumber("total_cached_tokens"u8, usage.CacheRead);
        writer.WriteNumber("total_output_tokens"u8, usage.Output + usage.OutputAudio);
        writer.WriteNumber("total_thought_tokens"u8, usage.Reasoning);
        writer.WriteNumber("total_tool_use_tokens"u8, 0);
        writer.WriteNumber("total_tokens"u8, usage.Total);
        if (usage.Estimated)
        {
            writer.WriteBoolean("estimated"u8, true);
        }

        writer.WriteEndObject();
    }
}
