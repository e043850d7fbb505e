using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// Token counts (https://platform.claude.com/docs/en/api/messages#response-usage): <c>input_tokens</c> leaves out
/// what a cache read or wrote, <c>output_tokens</c> holds the thinking.
/// </summary>
internal static class AnthropicMessagesUsage
{
    /// <summary>Reads a usage object.</summary>
    /// <param name="before">
    /// What the stream has told so far: its counts are cumulative, and a field left out or null stays as it was.
    /// </param>
    public static TokenUsage Read(ReadOnlySpan<byte> json, TokenUsage? before = null)
    {
        var counts = new Counts(before ?? new TokenUsage());
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            counts.Take(ref reader);
        }

        return counts.ToUsage();
    }

    /// <summary>The tier that a usage object names; null where it names none.</summary>
    public static string? ReadTier(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty)
        {
            return null;
        }

        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("service_tier"u8))
            {
                return Tier(reader.ReadText());
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

    private ref struct Counts(TokenUsage before)
    {
        private long _input = before.Input;
        private long _read = before.CacheRead;
        private long _written = before.CacheWrite + before.CacheWriteLong;
        private long _writtenLong = before.CacheWriteLong;
        private long _output = before.Completion;
        private long _thinking = before.Reasoning;
        private long _searches = before.WebSearches;

        public void Take(ref Utf8JsonReader reader)
        {
            if (reader.ValueTextEquals("input_tokens"u8))
            {
                TakeNumber(ref reader, ref _input);
            }
            else if (reader.ValueTextEquals("output_tokens"u8))
            {
                TakeNumber(ref reader, ref _output);
            }
            else if (reader.ValueTextEquals("cache_read_input_tokens"u8))
            {
                TakeNumber(ref reader, ref _read);
            }
            else if (reader.ValueTextEquals("cache_creation_input_tokens"u8))
            {
                TakeNumber(ref reader, ref _written);
            }
            else if (reader.ValueTextEquals("cache_creation"u8))
            {
                TakeNested(ref reader, "ephemeral_1h_input_tokens"u8, ref _writtenLong);
            }
            else if (reader.ValueTextEquals("output_tokens_details"u8))
            {
                TakeNested(ref reader, "thinking_tokens"u8, ref _thinking);
            }
            else if (reader.ValueTextEquals("server_tool_use"u8))
            {
                TakeNested(ref reader, "web_search_requests"u8, ref _searches);
            }
            else
            {
                reader.Skip();
            }
        }

        public readonly TokenUsage ToUsage()
        {
            long writtenLong = Math.Clamp(_writtenLong, 0, _written);
            long thinking = Math.Clamp(_thinking, 0, _output);
            return new TokenUsage
            {
                Input = _input,
                CacheRead = _read,
                CacheWrite = _written - writtenLong,
                CacheWriteLong = writtenLong,
                Output = _output - thinking,
                Reasoning = thinking,
                WebSearches = _searches,
            };
        }

        private static void TakeNumber(ref Utf8JsonReader reader, ref long target)
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number))
            {
                target = Math.Max(number, 0);
            }

            reader.Skip();
        }

        private static void TakeNested(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, ref long target)
        {
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                return;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals(name))
                {
                    TakeNumber(ref reader, ref target);
                }
                else
                {
                    reader.Skip();
                }
            }
        }
    }
}
