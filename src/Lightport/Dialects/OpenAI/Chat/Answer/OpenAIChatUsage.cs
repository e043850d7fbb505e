using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// Token counts: on the wire totals with details that are part of them, in the model classes that do not overlap.
/// Responses counts the same under <c>input_tokens</c> and <c>output_tokens</c>.
/// </summary>
internal static class OpenAIChatUsage
{
    /// <param name="json">The usage object; anything else is none.</param>
    public static TokenUsage? Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        Counts counts = default;
        ReadObject(ref reader, ref counts, output: false);
        return counts.Any ? counts.ToUsage() : null;
    }

    public static void Write(Utf8JsonWriter writer, TokenUsage usage)
    {
        writer.WritePropertyName("usage"u8);
        WriteValue(writer, usage);
    }

    public static byte[] ToJson(TokenUsage usage)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var writer = new Utf8JsonWriter(buffer, JsonSettings.Writing);
        WriteValue(writer, usage);
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public static void WriteValue(Utf8JsonWriter writer, TokenUsage usage)
    {
        writer.WriteStartObject();
        writer.WriteNumber("prompt_tokens"u8, usage.Prompt);
        writer.WriteNumber("completion_tokens"u8, usage.Completion);
        writer.WriteNumber("total_tokens"u8, usage.Total);
        writer.WriteStartObject("prompt_tokens_details"u8);
        writer.WriteNumber("cached_tokens"u8, usage.CacheRead);
        if (usage.CacheWrite + usage.CacheWriteLong > 0)
        {
            writer.WriteNumber("cache_write_tokens"u8, usage.CacheWrite + usage.CacheWriteLong);
        }

        writer.WriteNumber("audio_tokens"u8, usage.InputAudio);
        writer.WriteEndObject();
        writer.WriteStartObject("completion_tokens_details"u8);
        writer.WriteNumber("reasoning_tokens"u8, usage.Reasoning);
        writer.WriteNumber("audio_tokens"u8, usage.OutputAudio);
        writer.WriteEndObject();
        if (usage.Estimated)
        {
            writer.WriteBoolean("estimated"u8, true);
        }

        writer.WriteEndObject();
    }

    private static void ReadObject(ref Utf8JsonReader reader, ref Counts counts, bool output)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> name = reader.ValueSpan;
            reader.Read();
            if (reader.TokenType == JsonTokenType.Number)
            {
                long value = reader.TryGetInt64(out long whole) ? whole : (long)reader.GetDouble();
                counts.Set(name, Math.Max(0, value), output);
            }
            else if (reader.TokenType == JsonTokenType.StartObject && name.EndsWith("_tokens_details"u8))
            {
                bool isOutput = name.StartsWith("completion"u8) || name.StartsWith("output"u8);
                ReadObject(ref reader, ref counts, isOutput);
            }
            else if (reader.TokenType == JsonTokenType.True && name.SequenceEqual("estimated"u8))
            {
                counts.Estimated = true;
            }
            else
            {
                reader.Skip();
            }
        }
    }

    private struct Counts
    {
        private long _prompt, _completion, _total, _cached, _written, _inputAudio, _reasoning, _outputAudio;

        public bool Any { get; private set; }

        public bool Estimated { get; set; }

        public void Set(ReadOnlySpan<byte> name, long value, bool output)
        {
            if (name.SequenceEqual("prompt_tokens"u8) || name.SequenceEqual("input_tokens"u8))
            {
                (_prompt, Any) = (value, true);
            }
            else if (name.SequenceEqual("completion_tokens"u8) || name.SequenceEqual("output_tokens"u8))
            {
                (_completion, Any) = (value, true);
            }
            else if (name.SequenceEqual("total_tokens"u8))
            {
                (_total, Any) = (value, true);
            }
            else if (name.SequenceEqual("reasoning_tokens"u8))
            {
                _reasoning = value;
            }
            else if (name.SequenceEqual("audio_tokens"u8))
            {
                (output ? ref _outputAudio : ref _inputAudio) = value;
            }
            else if (name.SequenceEqual("cache_write_tokens"u8) || name.SequenceEqual("cache_creation_tokens"u8))
            {
                _written = Math.Max(_written, value);
            }
            else if (name.SequenceEqual("cached_tokens"u8)
                || name.SequenceEqual("num_cached_tokens"u8)
                || name.SequenceEqual("prompt_cache_hit_tokens"u8))
            {
                // DeepSeek, Mistral and Moonshot say it in names of their own, at times beside OpenAI's.
                _cached = Math.Max(_cached, value);
            }
        }

        public readonly TokenUsage ToUsage()
        {
            long cached = Math.Min(_cached, _prompt);
            long written = Math.Min(_written, _prompt - cached);
            long audio = Math.Min(_inputAudio, _prompt - cached - written);

            // xAI and some behind OpenRouter count reasoning beside the completion instead of within it.
            bool beside = _reasoning > _completion || (_reasoning > 0 && _total == _prompt + _completion + _reasoning);
            long spoken = beside ? _completion : _completion - _reasoning;
            long outputAudio = Math.Min(_outputAudio, spoken);
            return new TokenUsage
            {
                Input = _prompt - cached - written - audio,
                CacheRead = cached,
                CacheWrite = written,
                InputAudio = audio,
                Output = spoken - outputAudio,
                Reasoning = _reasoning,
                OutputAudio = outputAudio,
                Estimated = Estimated,
            };
        }
    }
}
