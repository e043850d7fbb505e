using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Reads token counts (https://ai.google.dev/api/generate-content#UsageMetadata). A stream's are cumulative, and a
/// count that is left out stays as it was.
/// </summary>
internal sealed class GoogleGeminiUsageReader
{
    private GoogleTokenCounts _counts;

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

    public TokenUsage ToUsage() => _counts.ToUsage(WebSearches);

    private void Take(ref Utf8JsonReader reader)
    {
        if (reader.Is("promptTokenCount"u8))
        {
            TakeCount(ref reader, ref _counts.Prompt);
        }
        else if (reader.Is("candidatesTokenCount"u8))
        {
            TakeCount(ref reader, ref _counts.Output);
        }
        else if (reader.Is("thoughtsTokenCount"u8))
        {
            TakeCount(ref reader, ref _counts.Thoughts);
        }
        else if (reader.Is("cachedContentTokenCount"u8))
        {
            TakeCount(ref reader, ref _counts.Cached);
        }
        else if (reader.Is("toolUsePromptTokenCount"u8))
        {
            TakeCount(ref reader, ref _counts.ToolUsePrompt);
        }
        else if (reader.Is("promptTokensDetails"u8))
        {
            TakeAudio(ref reader, ref _counts.PromptAudio);
        }
        else if (reader.Is("cacheTokensDetails"u8))
        {
            TakeAudio(ref reader, ref _counts.CachedAudio);
        }
        else if (reader.Is("candidatesTokensDetails"u8))
        {
            TakeAudio(ref reader, ref _counts.OutputAudio);
        }
        else if (reader.Is("serviceTier"u8))
        {
            TakeTier(ref reader);
        }
        else if (reader.Is("trafficType"u8))
        {
            TakeTraffic(ref reader);
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

    /// <summary>
    /// Vertex AI's word for it
    /// (https://cloud.google.com/vertex-ai/generative-ai/docs/reference/rest/v1/GenerateContentResponse).
    /// </summary>
    private void TakeTraffic(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (Tier is null && reader.TokenType == JsonTokenType.String)
        {
            Tier = reader.Is("ON_DEMAND_FLEX"u8) ? "flex"
                : reader.Is("ON_DEMAND_PRIORITY"u8) ? "priority"
                : null;
        }

        reader.Skip();
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
            bool isModality = reader.Is("modality"u8);
            bool isCount = reader.Is("tokenCount"u8);
            reader.Read();
            isAudio |= isModality && reader.TokenType == JsonTokenType.String && reader.Is("AUDIO"u8);
            if (isCount && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number))
            {
                tokens = Math.Max(number, 0);
            }

            reader.Skip();
        }

        return (isAudio, tokens);
    }
}
