using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>Reads how the answer should be made.</summary>
internal static class OpenAIChatOptionsDecoder
{
    public static GenerationOptions Decode(RequestFields fields)
    {
        string? user = fields.Text("user");
        return new GenerationOptions
        {
            MaxOutputTokens = fields.Integer("max_completion_tokens", 1) ?? fields.Integer("max_tokens", 1),
            MaxOutputTokensField =
                fields.Find("max_completion_tokens") is null ? null : "max_completion_tokens",
            Temperature = fields.Number("temperature"),
            TopP = fields.Number("top_p"),
            TopK = TopK(fields),
            FrequencyPenalty = fields.Number("frequency_penalty"),
            PresencePenalty = fields.Number("presence_penalty"),
            Seed = fields.Long("seed"),
            Stop = Stop(fields),
            ChoiceCount = fields.Integer("n", 1),
            Logprobs = fields.Boolean("logprobs"),
            TopLogprobs = fields.Integer("top_logprobs", 0),
            LogitBias = fields.Object("logit_bias"),
            ResponseFormat = Format(fields),
            Reasoning = Reasoning(fields),
            ParallelToolCalls = fields.Boolean("parallel_tool_calls"),
            Verbosity = fields.Text("verbosity"),
            ServiceTier = fields.Text("service_tier"),
            User = user ?? fields.Text("safety_identifier"),
            UserField = user is null ? "safety_identifier" : null,
            PromptCacheKey = fields.Text("prompt_cache_key"),
            Metadata = fields.Object("metadata"),
            Modalities = fields.Texts("modalities"),
        };
    }

    /// <summary>Open model servers take -1 for no limit; other wires refuse it, and are told nothing instead.</summary>
    public static int? TopK(RequestFields fields) =>
        fields.Integer("top_k", -1) is { } most and >= 0 ? most : null;

    private static IReadOnlyList<string> Stop(RequestFields fields) =>
        fields.Find("stop") is { ValueKind: JsonValueKind.String } one
            ? [one.Text()]
            : fields.Texts("stop");

    private static ResponseFormat? Format(RequestFields fields)
    {
        if (fields.Object("response_format") is not { } format)
        {
            return null;
        }

        switch (fields.RequiredText(format, "type"))
        {
            case "text":
                return new ResponseFormat(ResponseFormatKind.Text);
            case "json_object":
                return new ResponseFormat(ResponseFormatKind.JsonObject);
            case "json_schema":
                JsonElement schema = fields.Required(format, "json_schema");
                return new ResponseFormat(ResponseFormatKind.JsonSchema)
                {
                    Name = fields.Text(schema, "name"),
                    Description = fields.Text(schema, "description"),
                    Schema = fields.Object(schema, "schema"),
                    Strict = fields.Boolean(schema, "strict"),
                };
            default:
                throw fields.Wrong(format.GetProperty("type"), "must be text, json_object or json_schema");
        }
    }

    /// <summary>
    /// OpenAI's <c>reasoning_effort</c>, OpenRouter's <c>reasoning</c>, and the <c>thinking</c> object that DeepSeek,
    /// Z.ai
    /// and clients of Claude behind chat send.
    /// </summary>
    private static ReasoningOptions? Reasoning(RequestFields fields)
    {
        string? effort = fields.Text("reasoning_effort");
        if (fields.Object("reasoning") is { } reasoning)
        {
            effort ??= fields.Text(reasoning, "effort");
            bool? enabled = fields.Boolean(reasoning, "enabled");
            int? budget = fields.Integer(reasoning, "max_tokens", 0);
            return new ReasoningOptions
            {
                Field = "reasoning",

                // Enabled and nothing else is medium (https://openrouter.ai/docs/use-cases/reasoning-tokens).
                Effort = effort ?? (enabled == true && budget is null ? "medium" : null),
                BudgetTokens = budget,
                Enabled = enabled ?? EnabledBy(effort),
                Display = fields.Boolean(reasoning, "exclude") == true ? "omitted" : fields.Text(reasoning, "summary"),
            };
        }

        if (fields.Object("thinking") is { } thinking)
        {
            string? type = fields.Text(thinking, "type");
            return new ReasoningOptions
            {
                Field = "thinking",
                Effort = effort,
                BudgetTokens = fields.Integer(thinking, "budget_tokens", 0),
                Enabled = type is null ? EnabledBy(effort) : type != "disabled",
                Adaptive = type == "adaptive",
            };
        }

        return effort is null ? null : new ReasoningOptions { Effort = effort, Enabled = EnabledBy(effort) };
    }

    private static bool? EnabledBy(string? effort) => effort is null ? null : effort != "none";
}
