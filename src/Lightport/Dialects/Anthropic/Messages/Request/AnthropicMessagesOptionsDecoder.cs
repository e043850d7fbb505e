using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Reads how to answer: limits, sampling, thinking, the answer's format.</summary>
internal static class AnthropicMessagesOptionsDecoder
{
    private static readonly FrozenSet<string> KnownOutput = FrozenSet.Create("effort", "format");
    private static readonly FrozenSet<string> KnownMetadata = FrozenSet.Create("user_id");

    public static GenerationOptions Decode(JsonElement root, List<Extension> extensions, RequestTally tally)
    {
        JsonElement? output = AnthropicMessagesFields.OptionalObject(root, "output_config", "");
        if (output is { } config)
        {
            extensions.AddRange(AnthropicMessagesFields.Others(config, KnownOutput, tally, "output_config."));
        }

        JsonElement? metadata = AnthropicMessagesFields.OptionalObject(root, "metadata", "");
        if (metadata is { } about)
        {
            extensions.AddRange(AnthropicMessagesFields.Others(about, KnownMetadata, tally, "metadata."));
        }

        return new GenerationOptions
        {
            MaxOutputTokens = MaxTokens(root),
            Temperature = AnthropicMessagesFields.OptionalNumber(root, "temperature", ""),
            TopP = AnthropicMessagesFields.OptionalNumber(root, "top_p", ""),
            TopK = AnthropicMessagesFields.OptionalInteger(root, "top_k", ""),
            Stop = Stop(root),
            ResponseFormat = Format(root, output),
            Reasoning = Reasoning(root, output, extensions),
            ServiceTier = AnthropicMessagesFields.OptionalString(root, "service_tier", "") switch
            {
                "standard_only" => "default",
                string tier => tier,
                null => null,
            },
            User = metadata is { } owner
                ? AnthropicMessagesFields.OptionalString(owner, "user_id", "metadata")
                : null,
        };
    }

    private static int MaxTokens(JsonElement root)
    {
        int limit = AnthropicMessagesFields.OptionalInteger(root, "max_tokens", "")
            ?? throw AnthropicMessagesFields.Missing("max_tokens");
        return limit >= 1 ? limit : throw AnthropicMessagesFields.Wrong("max_tokens", "1 or more");
    }

    private static List<string> Stop(JsonElement root)
    {
        var sequences = new List<string>();
        if (AnthropicMessagesFields.OptionalArray(root, "stop_sequences", "") is { } given)
        {
            foreach (JsonElement sequence in given.EnumerateArray())
            {
                sequences.Add(sequence.ValueKind == JsonValueKind.String
                    ? sequence.Text()
                    : throw AnthropicMessagesFields.Wrong($"stop_sequences[{sequences.Count}]", "a string"));
            }
        }

        return sequences;
    }

    /// <summary>
    /// <c>output_format</c> is what <c>output_config.format</c> was called in its beta, and still works.
    /// </summary>
    private static ResponseFormat? Format(JsonElement root, JsonElement? output)
    {
        string path = "output_config.format";
        JsonElement? given = output is { } config
            ? AnthropicMessagesFields.OptionalObject(config, "format", "output_config")
            : null;
        if (given is null)
        {
            path = "output_format";
            given = AnthropicMessagesFields.OptionalObject(root, "output_format", "");
        }

        if (given is not { } format)
        {
            return null;
        }

        return AnthropicMessagesFields.RequireString(format, "type", path) == "json_schema"
            ? new ResponseFormat(ResponseFormatKind.JsonSchema)
            {
                Schema = AnthropicMessagesFields.OptionalObject(format, "schema", path)
                    ?? throw AnthropicMessagesFields.Missing(path + ".schema"),
            }
            : throw AnthropicMessagesFields.Wrong(path + ".type", "json_schema");
    }

    private static ReasoningOptions? Reasoning(JsonElement root, JsonElement? output, List<Extension> extensions)
    {
        string? effort = output is { } config
            ? AnthropicMessagesFields.OptionalString(config, "effort", "output_config")
            : null;
        ReasoningOptions? reasoning =
            effort is null ? null : new ReasoningOptions { Effort = effort, Field = "output_config.effort" };
        if (AnthropicMessagesFields.OptionalObject(root, "thinking", "") is not { } thinking)
        {
            return reasoning;
        }

        ReasoningOptions? wish = reasoning;
        reasoning = new ReasoningOptions { Effort = effort };
        string? display = AnthropicMessagesFields.OptionalString(thinking, "display", "thinking");
        switch (AnthropicMessagesFields.RequireString(thinking, "type", "thinking"))
        {
            case "enabled":
                int? budget = AnthropicMessagesFields.OptionalInteger(thinking, "budget_tokens", "thinking");
                return reasoning with { Enabled = true, BudgetTokens = budget, Display = display };
            case "adaptive":
                return reasoning with { Enabled = true, Adaptive = true, Display = display };
            case "disabled":
                return reasoning with { Enabled = false };
            default:
                // A way of thinking that is newer than this code: Anthropic still gets it as it came.
                extensions.Add(new Extension("thinking", thinking));
                return wish;
        }
    }
}
