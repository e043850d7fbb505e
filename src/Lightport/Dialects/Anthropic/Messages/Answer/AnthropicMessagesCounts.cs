using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>The numbers of one usage object, as they are read.</summary>
/// <param name="before">What a field that is left out or null stays at; null for nothing.</param>
internal ref struct AnthropicMessagesCounts(TokenUsage? before)
{
    private long _input = before?.Input ?? 0;
    private long _read = before?.CacheRead ?? 0;
    private long _written = (before?.CacheWrite + before?.CacheWriteLong) ?? 0;
    private long _writtenLong = before?.CacheWriteLong ?? 0;
    private long _output = before?.Completion ?? 0;
    private long _thinking = before?.Reasoning ?? 0;
    private long _searches = before?.WebSearches ?? 0;
    private AnthropicMessagesIterations? _iterations;

    public void Take(ref Utf8JsonReader reader)
    {
        if (reader.Is("input_tokens"u8))
        {
            TakeNumber(ref reader, ref _input);
        }
        else if (reader.Is("output_tokens"u8))
        {
            TakeNumber(ref reader, ref _output);
        }
        else if (reader.Is("cache_read_input_tokens"u8))
        {
            TakeNumber(ref reader, ref _read);
        }
        else if (reader.Is("cache_creation_input_tokens"u8))
        {
            TakeNumber(ref reader, ref _written);
        }
        else if (reader.Is("cache_creation"u8))
        {
            TakeNested(ref reader, "ephemeral_1h_input_tokens"u8, ref _writtenLong);
        }
        else if (reader.Is("iterations"u8))
        {
            TakeIterations(ref reader);
        }
        else if (reader.Is("output_tokens_details"u8))
        {
            TakeNested(ref reader, "thinking_tokens"u8, ref _thinking);
        }
        else if (reader.Is("server_tool_use"u8))
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
        long output = _iterations?.Served?.Output ?? _output;
        long thinking = Math.Clamp(_thinking, 0, output);
        if (_iterations?.Served is { } served)
        {
            return served with
            {
                Output = output - thinking,
                Reasoning = thinking,
                WebSearches = _searches,
                OfOthers = _iterations.OfOthers,
            };
        }

        return new TokenUsage
        {
            Input = _input,
            CacheRead = _read,
            CacheWrite = _written - writtenLong,
            CacheWriteLong = writtenLong,
            Output = output - thinking,
            Reasoning = thinking,
            WebSearches = _searches,
            OfOthers = _iterations?.OfOthers,
        };
    }

    private void TakeIterations(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        var iterations = new AnthropicMessagesIterations();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                continue;
            }

            (string? type, string? model, TokenUsage one) = ReadIteration(ref reader);
            iterations.Add(type, model, one);
        }

        _iterations = iterations;
    }

    private static (string? Type, string? Model, TokenUsage Usage) ReadIteration(ref Utf8JsonReader reader)
    {
        (string? type, string? model) = (null, null);
        var counts = new AnthropicMessagesCounts(null);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.Is("type"u8))
            {
                type = reader.ReadText();
            }
            else if (reader.Is("model"u8))
            {
                model = reader.ReadText();
            }
            else
            {
                counts.Take(ref reader);
            }
        }

        return (type, model, counts.ToUsage());
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
            if (reader.Is(name))
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
