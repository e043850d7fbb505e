using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Writes how the answer should be made (https://ai.google.dev/api/generate-content#generationconfig), as far as the
/// model takes it.
/// </summary>
internal static class GoogleGeminiGenerationConfig
{
    private const string Prefix = GoogleGeminiExtensions.GenerationPrefix;

    public static void Write(
        Utf8JsonWriter writer, ChatRequest request, GoogleGeminiStructuredOutput structured, EncodingContext context)
    {
        GenerationOptions options = request.Options;
        writer.WriteStartObject("generationConfig"u8);
        writer.WriteOptional("maxOutputTokens", GoogleGeminiLimits.MaxTokens(options, context));
        WriteSampling(writer, options, context);
        writer.WriteOptional("presencePenalty", options.PresencePenalty);
        writer.WriteOptional("frequencyPenalty", options.FrequencyPenalty);
        writer.WriteOptional("seed", GoogleGeminiLimits.Seed(options, context.Losses));
        writer.WriteOptional("stopSequences", GoogleGeminiLimits.Stop(options, context.Losses));
        writer.WriteOptional("candidateCount", options.ChoiceCount > 1 ? options.ChoiceCount : null);
        WriteLogprobs(writer, options);
        writer.WriteOptional(
            "responseModalities", [.. options.Modalities.Select(modality => modality.ToUpperInvariant())]);
        structured.Write(writer);
        GoogleGeminiThinking.Write(writer, request, context);
        GoogleGeminiExtensions.Write(writer, GoogleGeminiExtensions.Under(request, Prefix), Prefix);
        writer.WriteEndObject();
    }

    private static void WriteSampling(Utf8JsonWriter writer, GenerationOptions options, EncodingContext context)
    {
        if (context.Traits.Sampling)
        {
            writer.WriteOptional("temperature", options.Temperature);
            writer.WriteOptional("topP", options.TopP);
            writer.WriteOptional("topK", options.TopK);
            return;
        }

        DropIf(options.Temperature is not null, "temperature", context.Losses);
        DropIf(options.TopP is not null, "top_p", context.Losses);
        DropIf(options.TopK is not null, "top_k", context.Losses);
    }

    /// <summary>The number of likeliest tokens counts only beside the wish for any.</summary>
    private static void WriteLogprobs(Utf8JsonWriter writer, GenerationOptions options)
    {
        writer.WriteOptional("responseLogprobs", options.Logprobs);
        writer.WriteOptional("logprobs", options is { Logprobs: true, TopLogprobs: > 0 } ? options.TopLogprobs : null);
    }

    private static void DropIf(bool present, string field, LossLedger losses)
    {
        if (present)
        {
            losses.Drop(field);
        }
    }
}
