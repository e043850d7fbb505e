using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>Reads how to answer: limits, sampling, thinking, the answer's format.</summary>
internal static class GoogleInteractionsOptionsDecoder
{
    private const string Config = "generation_config";

    private static readonly FrozenSet<string> Known = FrozenSet.Create(
        "max_output_tokens", "temperature", "top_p", "seed", "stop_sequences", "thinking_level", "thinking_summaries",
        "tool_choice");

    public static GenerationOptions Decode(RequestFields fields, List<Extension> extensions)
    {
        JsonElement root = fields.Root;
        JsonElement config = fields.Object(root, Config) ?? default;
        bool said = config.ValueKind == JsonValueKind.Object;
        if (said)
        {
            extensions.AddRange(fields.Others(config, Known, $"{Config}."));
        }

        var options = new GenerationOptions
        {
            ServiceTier = Tier(fields.Text(root, "service_tier")),
            Modalities = [.. fields.Texts(root, "response_modalities").Select(word => word.ToLowerInvariant())],
            ResponseFormat = GoogleInteractionsFormatDecoder.Decode(fields, extensions),
        };
        return !said ? options : options with
        {
            MaxOutputTokens = fields.Integer(config, "max_output_tokens", least: 1),
            MaxOutputTokensField = $"{Config}.max_output_tokens",
            Temperature = fields.Number(config, "temperature"),
            TopP = fields.Number(config, "top_p"),
            Seed = fields.Long(config, "seed"),
            Stop = fields.Texts(config, "stop_sequences"),
            Reasoning = Reasoning(fields, config),
        };
    }

    private static ReasoningOptions? Reasoning(RequestFields fields, JsonElement config)
    {
        string? level = fields.Text(config, "thinking_level");
        string? summaries = fields.Text(config, "thinking_summaries");
        return level is null && summaries is null ? null : new ReasoningOptions
        {
            Field = level is null ? $"{Config}.thinking_summaries" : $"{Config}.thinking_level",
            Enabled = level is null ? null : true,
            Effort = level?.ToLowerInvariant(),
            Display = summaries == "none" ? "omitted" : null,
        };
    }

    private static string? Tier(string? tier) => tier?.ToLowerInvariant() switch
    {
        "standard" => "default",
        var other => other,
    };
}
