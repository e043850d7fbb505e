using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// Puts counts where chat's clients look for them: cached and reasoning tokens stand in the details, while Moonshot,
/// DeepSeek, Mistral and others say them beside the totals, in names of their own. What is there already stays.
/// </summary>
internal static class OpenAIChatUsageMender
{
    /// <param name="usage">The usage object.</param>
    /// <returns>The object mended; null where nothing stands in the wrong place.</returns>
    public static byte[]? Mend(ReadOnlySpan<byte> usage)
    {
        var found = Fields.Read(usage);
        if (!found.MisplacesCached && !found.MisplacesReasoning)
        {
            return null;
        }

        var splice = new JsonSplice();
        if (found.MisplacesCached)
        {
            Add(usage, found.PromptDetails, "prompt_tokens_details"u8, "cached_tokens"u8, found.Cached, splice);
        }

        if (found.MisplacesReasoning)
        {
            Add(
                usage,
                found.CompletionDetails,
                "completion_tokens_details"u8,
                "reasoning_tokens"u8,
                found.Reasoning,
                splice);
        }

        return splice.Apply(usage);
    }

    private static void Add(
        ReadOnlySpan<byte> usage,
        JsonSlice details,
        ReadOnlySpan<byte> name,
        ReadOnlySpan<byte> field,
        JsonSlice count,
        JsonSplice splice)
    {
        if (details.Is(usage, '{'))
        {
            splice.InsertField(usage, details.Start + 1, field, count.In(usage));
            return;
        }

        byte[] value = [.. "{\""u8, .. field, .. "\":"u8, .. count.In(usage), .. "}"u8];
        if (details.IsPresent)
        {
            splice.Replace(details, value);
        }
        else
        {
            splice.InsertField(usage, 1, name, value);
        }
    }

    private struct Fields
    {
        private bool _hasCached;
        private bool _hasReasoning;

        public JsonSlice PromptDetails, CompletionDetails, Cached, Reasoning;

        public readonly bool MisplacesCached => Cached.IsPresent && !_hasCached;

        public readonly bool MisplacesReasoning => Reasoning.IsPresent && !_hasReasoning;

        public static Fields Read(ReadOnlySpan<byte> usage)
        {
            Fields fields = default;
            var reader = new Utf8JsonReader(usage);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                ReadOnlySpan<byte> name = reader.ValueSpan;
                fields.Set(usage, name, JsonSlice.Take(ref reader, 0), reader.TokenType);
            }

            return fields;
        }

        private void Set(ReadOnlySpan<byte> usage, ReadOnlySpan<byte> name, JsonSlice value, JsonTokenType type)
        {
            if (name.SequenceEqual("prompt_tokens_details"u8))
            {
                PromptDetails = value;
                _hasCached = Has(usage, value, "cached_tokens"u8);
            }
            else if (name.SequenceEqual("completion_tokens_details"u8))
            {
                CompletionDetails = value;
                _hasReasoning = Has(usage, value, "reasoning_tokens"u8);
            }
            else if (type == JsonTokenType.Number && (name.SequenceEqual("cached_tokens"u8)
                || name.SequenceEqual("num_cached_tokens"u8) || name.SequenceEqual("prompt_cache_hit_tokens"u8)))
            {
                Cached = value;
            }
            else if (type == JsonTokenType.Number && name.SequenceEqual("reasoning_tokens"u8))
            {
                Reasoning = value;
            }
        }

        private static bool Has(ReadOnlySpan<byte> usage, JsonSlice details, ReadOnlySpan<byte> field)
        {
            if (!details.Is(usage, '{'))
            {
                return false;
            }

            var reader = new Utf8JsonReader(details.In(usage));
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueSpan.SequenceEqual(field))
                {
                    return true;
                }

                reader.Skip();
            }

            return false;
        }
    }
}
