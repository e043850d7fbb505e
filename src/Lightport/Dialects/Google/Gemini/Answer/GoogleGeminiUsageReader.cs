using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Token counts (https://ai.google.dev/api/generate-content#UsageMetadata): <c>promptTokenCount</c> holds what a cache
/// read, <c>candidatesTokenCount</c> leaves out the thinking, and what tools put into the prompt is counted beside it.
/// A stream's counts are cumulative, and a count that is left out stays as it was.
/// </summary>
internal sealed class GoogleGeminiUsageReader
{
    private long _prompt;
    private long _toolUsePrompt;
    private long _cached;
    private long _candidates;
    private long _thoughts;
    private long _promptAudio;
    private long _cachedAudio;
    private long _candidatesAudio;

    /// <summary>Something has been counted.</summary>
    public bool HasCounts { get; private set; }

    /// <summary>The tier that served the answer, in the words that other dialects have for it.</summary>
    public string? Tier { get; private set; }

    /// <summary>Web searches that the model made; they are billed beside the tokens.</summary>
    public long WebSearches { get; set; }

    /// <param name="json">A usage object.</param>
    public void Take(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            Take(ref reader);
        }
    }

    public TokenUsage ToUsage()
    {
        long cached = Math.Clamp(_cached, 0, _prompt);
        long audio = Math.Clamp(_promptAudio - _cachedAudio, 0, _prompt - cached);
        long spoken = Math.Clamp(_candidatesAudio, 0, _candidates);
        return new TokenUsage
        {
            Input = _prompt + _toolUsePrompt - cached - audio,
            CacheRead = cached,
            InputAudio = audio,
            Output = _candidates - spoken,
            OutputAudio = spoken,
            Reasoning = _thoughts,
            WebSearches = WebSearches,
        };
    }

    private void Take(ref Utf8JsonReader reader)
    {
        if (reader.ValueTextEquals("promptTokenCount"u8))
        {
            TakeCount(ref reader, ref _prompt);
        }
        else if (reader.ValueTextEquals("candidatesTokenCount"u8))
        {
            TakeCount(ref reader, ref _candidates);
        }
        else if (reader.ValueTextEquals("thoughtsTokenCount"u8))
        {
            TakeCount(ref reader, ref _thoughts);
        }
        else if (reader.ValueTextEquals("cachedContentTokenCount"u8))
        {
            TakeCount(ref reader, ref _cached);
        }
        else if (reader.ValueTextEquals("toolUsePromptTokenCount"u8))
        {
            TakeCount(ref reader, ref _toolUsePrompt);
        }
        else if (reader.ValueTextEquals("promptTokensDetails"u8))
        {
            TakeAudio(ref reader, ref _promptAudio);
        }
        else if (reader.ValueTextEquals("cacheTokensDetails"u8))
        {
            TakeAudio(ref reader, ref _cachedAudio);
        }
        else if (reader.ValueTextEquals("candidatesTokensDetails"u8))
        {
            TakeAudio(ref reader, ref _candidatesAudio);
        }
        else if (reader.ValueTextEquals("serviceTier"u8))
        {
            TakeTier(ref reader);
        }
        else
        {
            reader.Skip();
        }
    }

    /// <summary>Every chunk of a stream says it again: only the first is read.</summary>
    private void TakeTier(ref Utf8JsonReader reader)
    {
        if (Tier is not null)
        {
            reader.Skip();
            return;
        }

        string? tier = reader.ReadText()?.ToLowerInvariant();
        Tier = tier == "standard" ? "default" : tier;
    }

    private void TakeCount(ref Utf8JsonReader reader, ref long count)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number))
        {
            count = Math.Max(number, 0);
            HasCounts = true;
        }

        reader.Skip();
    }

    /// <summary>Takes the count of sound out of a list by modality.</summary>
    private static void TakeAudio(ref Utf8JsonReader reader, ref long count)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            (bool isAudio, long tokens) = ReadModality(ref reader);
            count = isAudio ? tokens : count;
        }
    }

    private static (bool IsAudio, long Tokens) ReadModality(ref Utf8JsonReader reader)
    {
        bool isAudio = false;
        long tokens = 0;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return (isAudio, tokens);
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isModality = reader.ValueTextEquals("modality"u8);
            bool isCount = reader.ValueTextEquals("tokenCount"u8);
            reader.Read();
            isAudio |= isModality && reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("AUDIO"u8);
            if (isCount && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number))
            {
                tokens = Math.Max(number, 0);
            }

            reader.Skip();
        }

        return (isAudio, tokens);
    }
}
