using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Dialects.OpenAI.Chat;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>Writes how the answer should be made. What a provider renames or refuses is the catalog's matter.</summary>
internal static class OpenAIResponsesOptionsWriter
{
    /// <summary>Less is refused (https://platform.openai.com/docs/api-reference/responses/create).</summary>
    private const int LeastOutputTokens = 16;

    public static void Write(Utf8JsonWriter writer, ChatRequest request, EncodingContext context)
    {
        GenerationOptions options = request.Options;
        TellUnsaid(options, context.Losses);
        WriteLimit(writer, options, context.Losses);
        OpenAIChatOptionsWriter.WriteSampling(writer, options, context);
        writer.WriteOptional("top_logprobs", options.TopLogprobs);
        WriteText(writer, options, context);
        WriteReasoning(writer, options, context);
        writer.WriteOptional("service_tier", options.ServiceTier == "standard_only" ? "default" : options.ServiceTier);
        OpenAIChatEndUser.Write(writer, options, context);
        writer.WriteOptional("prompt_cache_key", options.PromptCacheKey);
        writer.WriteOptional("metadata", options.Metadata);
    }

    private static void TellUnsaid(GenerationOptions options, LossLedger losses)
    {
        if (options.ChoiceCount > 1)
        {
            losses.Reject("n");
        }

        if (options.Modalities.Any(modality => modality != "text"))
        {
            losses.Reject("modalities");
        }

        if (options.Stop.Count > 0)
        {
            losses.Drop("stop");
        }

        if (options.Seed is not null)
        {
            losses.Drop("seed");
        }

        if (options.LogitBias is not null)
        {
            losses.Drop("logit_bias");
        }

        if (options.FrequencyPenalty is not (null or 0))
        {
            losses.Drop("frequency_penalty");
        }

        if (options.PresencePenalty is not (null or 0))
        {
            losses.Drop("presence_penalty");
        }
    }

    private static void WriteLimit(Utf8JsonWriter writer, GenerationOptions options, LossLedger losses)
    {
        if (options.MaxOutputTokens < LeastOutputTokens)
        {
            string field = options.MaxOutputTokensField ?? "max_completion_tokens";
            losses.Note(field);
        }

        writer.WriteOptional(
            "max_output_tokens",
            options.MaxOutputTokens is { } most ? Math.Max(most, LeastOutputTokens) : (long?)null);
    }

    private static void WriteText(Utf8JsonWriter writer, GenerationOptions options, EncodingContext context)
    {
        if (options is { ResponseFormat: null, Verbosity: null })
        {
            return;
        }

        writer.WriteStartObject("text"u8);
        if (options.ResponseFormat is { } format)
        {
            bool? strict = OpenAIChatAnswerSchema.Strict(format, context);
            ResponseFormatKind kind = OpenAIChatAnswerSchema.Kind(format, context);
            writer.WriteStartObject("format"u8);
            writer.WriteString("type"u8, OpenAIChatAnswerSchema.Word(kind));
            if (kind == ResponseFormatKind.JsonSchema)
            {
                OpenAIChatAnswerSchema.Write(writer, format, strict, context.Losses);
            }

            writer.WriteEndObject();
        }

        writer.WriteOptional("verbosity", options.Verbosity);
        writer.WriteEndObject();
    }

    /// <summary>
    /// A model that thinks is asked for a summary, without which nobody would see what it thought.
    /// </summary>
    private static void WriteReasoning(Utf8JsonWriter writer, GenerationOptions options, EncodingContext context)
    {
        string? effort = OpenAIChatEffort.Taken(options.Reasoning, context);
        if (context.Traits.Thinking == ThinkingStyle.None)
        {
            return;
        }

        writer.WriteStartObject("reasoning"u8);
        writer.WriteOptional("effort", effort);
        if (effort != "none" && options.Reasoning?.Display != "omitted")
        {
            writer.WriteString("summary"u8, Summary(options.Reasoning?.Display));
        }

        writer.WriteEndObject();
    }

    private static string Summary(string? display) => display is "concise" or "detailed" ? display : "auto";
}
