using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Reads how to answer (https://ai.google.dev/api/generate-content#generationconfig): limits, sampling, thinking, the
/// answer's format.
/// </summary>
internal static class GoogleGeminiOptionsDecoder
{
    private const string Config = "generationConfig";

    private static readonly FrozenSet<string> Known = GoogleGeminiFields.Names(
        "candidateCount", "maxOutputTokens", "temperature", "topP", "topK", "seed", "frequencyPenalty",
        "presencePenalty", "stopSequences", "responseLogprobs", "logprobs", "responseModalities", "thinkingConfig",
        "responseMimeType", "responseSchema", "responseJsonSchema", "_responseJsonSchema");

    public static GenerationOptions Decode(GoogleGeminiFields fields, List<Extension> extensions)
    {
        GenerationOptions said = fields.Object(fields.Root, Config) is { } config
            ? DecodeConfig(fields, config, extensions)
            : GenerationOptions.Unsaid;
        return Tier(fields) is { } tier ? said with { ServiceTier = tier } : said;
    }

    private static GenerationOptions DecodeConfig(
        GoogleGeminiFields fields, JsonElement config, List<Extension> extensions)
    {
        extensions.AddRange(fields.Others(config, Known, $"{Config}."));
        return new GenerationOptions
        {
            MaxOutputTokens = fields.Integer(config, "maxOutputTokens", least: 1),
            MaxOutputTokensField = $"{Config}.maxOutputTokens",
            Temperature = fields.Number(config, "temperature"),
            TopP = fields.Number(config, "topP"),
            TopK = fields.Integer(config, "topK"),
            FrequencyPenalty = fields.Number(config, "frequencyPenalty"),
            PresencePenalty = fields.Number(config, "presencePenalty"),
            Seed = fields.Long(config, "seed"),
            Stop = fields.Texts(config, "stopSequences"),
            ChoiceCount = fields.Integer(config, "candidateCount", least: 1),
            Logprobs = fields.Boolean(config, "responseLogprobs"),
            TopLogprobs = fields.Integer(config, "logprobs", least: 0),
            Modalities = [.. fields.Texts(config, "responseModalities").Select(word => word.ToLowerInvariant())],
            ResponseFormat = GoogleGeminiFormatDecoder.Decode(fields, config, extensions),
            Reasoning = GoogleGeminiThinkingDecoder.Decode(fields, config, extensions),
        };
    }

    private static string? Tier(GoogleGeminiFields fields) =>
        fields.Text(fields.Root, "serviceTier")?.ToLowerInvariant() switch
        {
            null or "unspecified" => null,
            "standard" => "default",
            var tier => tier,
        };
}
