using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>Writes how the answer should be made. What a provider renames or refuses is the catalog's matter.</summary>
internal static class OpenAIChatOptionsWriter
{
    /// <summary>More are refused by OpenAI itself.</summary>
    private const int MostStops = 4;

    public static void Write(Utf8JsonWriter writer, ChatRequest request, EncodingContext context)
    {
        GenerationOptions options = request.Options;
        writer.WriteOptional("max_completion_tokens", options.MaxOutputTokens);
        WriteSampling(writer, options, context);
        writer.WriteOptional("frequency_penalty", options.FrequencyPenalty);
        writer.WriteOptional("presence_penalty", options.PresencePenalty);
        writer.WriteOptional("seed", options.Seed);
        writer.WriteOptional("stop", Stops(options.Stop, context));
        writer.WriteOptional("n", options.ChoiceCount);
        writer.WriteOptional("logprobs", options.Logprobs);
        writer.WriteOptional("top_logprobs", options.TopLogprobs);
        writer.WriteOptional("logit_bias", options.LogitBias);
        WriteFormat(writer, options.ResponseFormat, context);
        OpenAIChatEffort.Write(writer, options.Reasoning, context);
        writer.WriteOptional("verbosity", options.Verbosity);
        writer.WriteOptional("service_tier", options.ServiceTier == "standard_only" ? "default" : options.ServiceTier);
        OpenAIChatEndUser.Write(writer, options, context);
        writer.WriteOptional("prompt_cache_key", options.PromptCacheKey);
        writer.WriteOptional("metadata", options.Metadata);
        writer.WriteOptional("modalities", options.Modalities);
    }

    private static IReadOnlyList<string> Stops(IReadOnlyList<string> said, EncodingContext context)
    {
        if (!context.Exact || said.Count <= MostStops)
        {
            return said;
        }

        context.Losses.Note("stop");
        return [.. said.Take(MostStops)];
    }

    internal static void WriteSampling(Utf8JsonWriter writer, GenerationOptions options, EncodingContext context)
    {
        if (options.TopK is not null)
        {
            context.Losses.Drop("top_k");
        }

        if (context.Traits.Sampling)
        {
            writer.WriteOptional("temperature", options.Temperature);
            writer.WriteOptional("top_p", options.TopP);
            return;
        }

        if (options.Temperature is not null)
        {
            context.Losses.Drop("temperature");
        }

        if (options.TopP is not null)
        {
            context.Losses.Drop("top_p");
        }
    }

    private static void WriteFormat(Utf8JsonWriter writer, ResponseFormat? format, EncodingContext context)
    {
        if (format is null)
        {
            return;
        }

        bool? strict = OpenAIChatAnswerSchema.Strict(format, context);
        ResponseFormatKind kind = OpenAIChatAnswerSchema.Kind(format, context);
        writer.WriteStartObject("response_format"u8);
        writer.WriteString("type"u8, OpenAIChatAnswerSchema.Word(kind));
        if (kind == ResponseFormatKind.JsonSchema)
        {
            writer.WriteStartObject("json_schema"u8);
            OpenAIChatAnswerSchema.Write(writer, format, strict, context.Losses);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }
}
