using System.Collections.Frozen;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>Reads how the answer should be made.</summary>
internal static class OpenAIResponsesOptionsDecoder
{
    private const string Logprobs = "message.output_text.logprobs";

    /// <summary>What every answer here has anyway, or has where it is asked for.</summary>
    private static readonly FrozenSet<string> Included = FrozenSet.Create("reasoning.encrypted_content", Logprobs);

    private static readonly FrozenSet<string> KnownOfText = FrozenSet.Create("format", "verbosity");
    private static readonly FrozenSet<string> KnownOfReasoning =
        FrozenSet.Create("effort", "summary", "generate_summary");

    public static GenerationOptions Decode(RequestFields fields)
    {
        JsonElement root = fields.Root;
        JsonElement? text = fields.Object(root, "text");
        string? user = fields.Text(root, "user");
        return new GenerationOptions
        {
            MaxOutputTokens = fields.Integer(root, "max_output_tokens", 1),
            MaxOutputTokensField = "max_output_tokens",
            Temperature = fields.Number(root, "temperature"),
            TopP = fields.Number(root, "top_p"),
            FrequencyPenalty = fields.Number(root, "frequency_penalty"),
            PresencePenalty = fields.Number(root, "presence_penalty"),
            Logprobs = fields.Texts(root, "include").Contains(Logprobs) ? true : null,
            TopLogprobs = fields.Integer(root, "top_logprobs", 0),
            ResponseFormat = text is { } said ? Format(fields, said) : null,
            Reasoning = Reasoning(fields),
            ParallelToolCalls = fields.Boolean(root, "parallel_tool_calls"),
            Verbosity = text is { } words ? fields.Text(words, "verbosity") : null,
            ServiceTier = fields.Text(root, "service_tier"),
            User = user ?? fields.Text(root, "safety_identifier"),
            UserField = user is null ? "safety_identifier" : null,
            PromptCacheKey = fields.Text(root, "prompt_cache_key"),
            Metadata = fields.Object(root, "metadata"),
        };
    }

    /// <summary>What is left of fields that are read only in part, or ask for what only OpenAI does.</summary>
    public static List<Extension> Leftovers(RequestFields fields)
    {
        JsonElement root = fields.Root;
        List<Extension> left = [];
        if (fields.Object(root, "text") is { } text)
        {
            left.AddRange(fields.Others(text, KnownOfText, "text."));
        }

        if (fields.Object(root, "reasoning") is { } reasoning)
        {
            left.AddRange(fields.Others(reasoning, KnownOfReasoning, "reasoning."));
        }

        if (fields.Find(root, "user") is not null && fields.Find(root, "safety_identifier") is { } identifier)
        {
            left.Add(new Extension("safety_identifier", identifier));
        }

        // Without it a history that is too long is refused, as every provider does.
        if (fields.Find(root, "truncation") is { } truncation && fields.Text(truncation) != "disabled")
        {
            left.Add(new Extension("truncation", truncation));
        }

        if (fields.Texts(root, "include").Any(wish => !Included.Contains(wish)))
        {
            left.Add(new Extension("include", fields.Required(root, "include")));
        }

        return left;
    }

    private static ResponseFormat? Format(RequestFields fields, JsonElement text)
    {
        if (fields.Object(text, "format") is not { } format)
        {
            return null;
        }

        JsonElement type = fields.Required(format, "type");
        return fields.Text(type) switch
        {
            "text" => new ResponseFormat(ResponseFormatKind.Text),
            "json_object" => new ResponseFormat(ResponseFormatKind.JsonObject) { Field = "text.format" },
            "json_schema" => new ResponseFormat(ResponseFormatKind.JsonSchema)
            {
                Field = "text.format",
                Name = fields.RequiredText(format, "name"),
                Description = fields.Text(format, "description"),
                Schema = fields.RequiredObject(format, "schema"),
                Strict = fields.Boolean(format, "strict"),
            },
            _ => throw fields.Wrong(type, "must be text, json_object or json_schema"),
        };
    }

    private static ReasoningOptions? Reasoning(RequestFields fields)
    {
        if (fields.Object(fields.Root, "reasoning") is not { } reasoning)
        {
            return null;
        }

        string? effort = fields.Text(reasoning, "effort");
        return new ReasoningOptions
        {
            Field = "reasoning",
            Effort = effort,
            Enabled = effort is null ? null : effort != "none",
            Display = fields.Text(reasoning, "summary") ?? fields.Text(reasoning, "generate_summary"),
        };
    }
}
