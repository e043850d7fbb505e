using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// Token counts (https://platform.claude.com/docs/en/api/messages#response-usage): <c>input_tokens</c> leaves out
/// what a cache read or wrote, <c>output_tokens</c> holds the thinking, and neither holds what it took to sum up the
/// conversation, which stands among the <c>iterations</c> (…/build-with-claude/compaction).
/// </summary>
internal static class AnthropicMessagesUsage
{
    /// <summary>Reads a usage object.</summary>
    /// <param name="before">
    /// What the stream has told so far: its counts are cumulative, and a field left out or null stays as it was.
    /// </param>
    public static TokenUsage Read(ReadOnlySpan<byte> json, TokenUsage? before = null) => Read(json, before, out _);

    /// <summary>The same, and the tier that it names; null where it names none.</summary>
    public static TokenUsage Read(ReadOnlySpan<byte> json, TokenUsage? before, out string? tier)
    {
        tier = null;
        var counts = new AnthropicMessagesCounts(before);
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.Is("service_tier"u8))
            {
                tier = Tier(reader.ReadText());
            }
            else
            {
                counts.Take(ref reader);
            }
        }

        return counts.ToUsage();
    }

    /// <summary>The tier that a usage object names; null where it names none.</summary>
    public static string? ReadTier(ReadOnlySpan<byte> json) => Tier(Word(json, "service_tier"u8));

    /// <summary>How an answer was served: in fast mode, or else at the tier that its usage names.</summary>
    public static string? ReadService(ReadOnlySpan<byte> json) =>
        Word(json, "speed"u8) is "fast" ? "fast" : ReadTier(json);

    private static string? Word(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        if (json.IsEmpty)
        {
            return null;
        }

        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.Is(name))
            {
                return reader.ReadText();
            }

            reader.Skip();
        }

        return null;
    }

    /// <summary>A tier in the words that other dialects have for it.</summary>
    public static string? Tier(string? tier) => tier == "standard" ? "default" : tier;

    public static void Write(Utf8JsonWriter writer, TokenUsage usage, string? serviceTier = null)
    {
        writer.WriteStartObject("usage"u8);
        writer.WriteNumber("input_tokens"u8, usage.Input + usage.InputAudio);
        writer.WriteNumber("cache_creation_input_tokens"u8, usage.CacheWrite + usage.CacheWriteLong);
        writer.WriteNumber("cache_read_input_tokens"u8, usage.CacheRead);
        writer.WriteStartObject("cache_creation"u8);
        writer.WriteNumber("ephemeral_5m_input_tokens"u8, usage.CacheWrite);
        writer.WriteNumber("ephemeral_1h_input_tokens"u8, usage.CacheWriteLong);
        writer.WriteEndObject();
        writer.WriteNumber("output_tokens"u8, usage.Completion);
        if (usage.Reasoning > 0)
        {
            writer.WriteStartObject("output_tokens_details"u8);
            writer.WriteNumber("thinking_tokens"u8, usage.Reasoning);
            writer.WriteEndObject();
        }

        if (usage.WebSearches > 0)
        {
            writer.WriteStartObject("server_tool_use"u8);
            writer.WriteNumber("web_search_requests"u8, usage.WebSearches);
            writer.WriteEndObject();
        }

        if (serviceTier is not null)
        {
            writer.WriteString("service_tier"u8, serviceTier is "priority" or "batch" ? serviceTier : "standard");
        }

        writer.WriteEndObject();
    }
}
