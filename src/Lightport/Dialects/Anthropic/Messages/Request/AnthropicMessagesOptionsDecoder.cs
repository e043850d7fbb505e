using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Reads how to answer: limits, sampling, thinking, the answer's format.</summary>
internal static class AnthropicMessagesOptionsDecoder
{
    private static readonly FrozenSet<string> KnownOutput = FrozenSet.Create("effort", "format");
    private static readonly FrozenSet<string> KnownThinking = FrozenSet.Create("type", "budget_tokens", "display");
    private static readonly FrozenSet<string> KnownMetadata = FrozenSet.Create("user_id");

    /// <param name="isCounted">Nothing is answered, so that there need be no limit.</param>
    public static GenerationOptions Decode(RequestFields fields, List<Extension> extensions, bool isCounted)
    {
        JsonElement root = fields.Root;
        JsonElement? output = fields.Object(root, "output_config");
        if (output is { } config)
        {
            extensions.AddRange(fields.Others(config, KnownOutput, "output_config."));
        }

        JsonElement? metadata = fields.Object(root, "metadata");
        if (metadata is { } about)
        {
            extensions.AddRange(fields.Others(about, KnownMetadata, "metadata."));
        }

        return new GenerationOptions
        {
            MaxOutputTokens = MaxTokens(fields, isCounted),
            Temperature = fields.Number(root, "temperature"),
            TopP = fields.Number(root, "top_p"),
            TopK = fields.Integer(root, "top_k"),
            Stop = fields.Texts(root, "stop_sequences"),
            ResponseFormat = Format(fields, output),
            Reasoning = Reasoning(fields, output, extensions),
            ServiceTier = fields.Text(root, "service_tier") switch
            {
                "standard_only" => "default",
                string tier => tier,
                null => null,
            },
            User = metadata is { } owner ? fields.Text(owner, "user_id") : null,
            UserField = "metadata.user_id",
        };
    }

    private static int? MaxTokens(RequestFields fields, bool isCounted)
    {
        JsonElement root = fields.Root;
        return fields.Integer(root, "max_tokens") switch
        {
            null => isCounted ? null : throw fields.Missing(root, "max_tokens"),
            < 1 => throw fields.Wrong(fields.Required(root, "max_tokens"), "must be 1 or more"),
            int limit => limit,
        };
    }

    /// <summary>
    /// <c>output_format</c> is what <c>output_config.format</c> was called in its beta, and still works.
    /// </summary>
    private static ResponseFormat? Format(RequestFields fields, JsonElement? output)
    {
        JsonElement? given = output is { } config ? fields.Object(config, "format") : null;
        string field = given is null ? "output_format" : "output_config.format";
        if ((given ?? fields.Object(fields.Root, "output_format")) is not { } format)
        {
            return null;
        }

        return fields.RequiredText(format, "type") == "json_schema"
            ? new ResponseFormat(ResponseFormatKind.JsonSchema)
            {
                Schema = fields.RequiredObject(format, "schema"),
                AlwaysStrict = true,
                Field = field,
            }
            : throw fields.Wrong(fields.Required(format, "type"), "must be json_schema");
    }

    private static ReasoningOptions? Reasoning(RequestFields fields, JsonElement? output, List<Extension> extensions)
    {
        string? effort = output is { } config ? fields.Text(config, "effort") : null;
        ReasoningOptions? reasoning =
            effort is null ? null : new ReasoningOptions { Effort = effort, Field = "output_config.effort" };
        if (fields.Object(fields.Root, "thinking") is not { } thinking)
        {
            return reasoning;
        }

        ReasoningOptions? wish = reasoning;
        reasoning = new ReasoningOptions { Effort = effort, Field = "thinking" };
        string? display = fields.Text(thinking, "display");
        switch (fields.RequiredText(thinking, "type"))
        {
            case "enabled":
                int? budget = fields.Integer(thinking, "budget_tokens");
                reasoning = reasoning with { Enabled = true, BudgetTokens = budget, Display = display };
                break;
            case "adaptive":
                reasoning = reasoning with { Enabled = true, Adaptive = true, Display = display };
                break;
            case "disabled":
                reasoning = reasoning with { Enabled = false };
                break;
            default:
                // A way of thinking that only Anthropic has (between_tools): it still gets it as it came.
                extensions.Add(new Extension("thinking", thinking));
                return wish;
        }

        extensions.AddRange(fields.Others(thinking, KnownThinking, AnthropicMessagesThinking.Prefix));
        return reasoning;
    }
}
