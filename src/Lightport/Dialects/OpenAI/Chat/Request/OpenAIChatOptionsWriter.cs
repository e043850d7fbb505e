using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>Writes how the answer should be made. What a provider renames or refuses is the catalog's matter.</summary>
internal static class OpenAIChatOptionsWriter
{
    public static void Write(Utf8JsonWriter writer, ChatRequest request, EncodingContext context)
    {
        GenerationOptions options = request.Options;
        WriteNumber(writer, "max_completion_tokens", options.MaxOutputTokens);
        WriteSampling(writer, options, context);
        WriteNumber(writer, "frequency_penalty", options.FrequencyPenalty);
        WriteNumber(writer, "presence_penalty", options.PresencePenalty);
        WriteNumber(writer, "seed", options.Seed);
        WriteTexts(writer, "stop", options.Stop);
        WriteNumber(writer, "n", options.ChoiceCount);
        if (options.Logprobs is { } logprobs)
        {
            writer.WriteBoolean("logprobs"u8, logprobs);
        }

        WriteNumber(writer, "top_logprobs", options.TopLogprobs);
        WriteJson(writer, "logit_bias", options.LogitBias);
        WriteFormat(writer, options.ResponseFormat, Strict(options.ResponseFormat, context), context);
        OpenAIChatEffort.Write(writer, options.Reasoning, context);
        WriteText(writer, "verbosity", options.Verbosity);
        WriteText(writer, "service_tier", options.ServiceTier == "standard_only" ? "default" : options.ServiceTier);
        OpenAIChatEndUser.Write(writer, options, context);
        WriteText(writer, "prompt_cache_key", options.PromptCacheKey);
        WriteJson(writer, "metadata", options.Metadata);
        WriteTexts(writer, "modalities", options.Modalities);
    }

    private static void WriteSampling(Utf8JsonWriter writer, GenerationOptions options, EncodingContext context)
    {
        if (options.TopK is not null)
        {
            context.Losses.Drop("top_k");
        }

        if (context.Traits.Sampling)
        {
            WriteNumber(writer, "temperature", options.Temperature);
            WriteNumber(writer, "top_p", options.TopP);
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

    /// <summary>
    /// Whether the model must keep to the schema. Chat holds it to that only where told, and then it refuses a schema
    /// with an open object or an optional property; a dialect that always does takes those too.
    /// </summary>
    private static bool? Strict(ResponseFormat? format, EncodingContext context)
    {
        if (format is not { AlwaysStrict: true, Schema: { } schema } || !context.Traits.StructuredOutput)
        {
            return format?.Strict;
        }

        if (OpenAIChatStrictSchema.Takes(schema))
        {
            return true;
        }

        string field = format.Field ?? "response_format";
        context.Losses.Note(field);
        return null;
    }

    private static void WriteFormat(
        Utf8JsonWriter writer, ResponseFormat? format, bool? strict, EncodingContext context)
    {
        if (format is null)
        {
            return;
        }

        ResponseFormatKind kind = format.Kind;
        if (kind == ResponseFormatKind.JsonSchema && !context.Traits.StructuredOutput)
        {
            context.Losses.Reject("response_format");
            kind = ResponseFormatKind.JsonObject;
        }

        writer.WriteStartObject("response_format"u8);
        writer.WriteString("type"u8, kind switch
        {
            ResponseFormatKind.JsonObject => "json_object",
            ResponseFormatKind.JsonSchema => "json_schema",
            _ => "text",
        });
        if (kind == ResponseFormatKind.JsonSchema)
        {
            writer.WriteStartObject("json_schema"u8);
            writer.WriteString("name"u8, format.Name ?? "response");
            WriteText(writer, "description", format.Description);
            WriteJson(writer, "schema", format.Schema);
            if (strict is { } enforced)
            {
                writer.WriteBoolean("strict"u8, enforced);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, long? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }

    private static void WriteText(Utf8JsonWriter writer, string name, string? value)
    {
        if (value is not null)
        {
            writer.WriteString(name, value);
        }
    }

    private static void WriteTexts(Utf8JsonWriter writer, string name, IReadOnlyList<string> values)
    {
        if (values.Count > 0)
        {
            writer.WriteStartArray(name);
            foreach (string value in values)
            {
                writer.WriteStringValue(value);
            }

            writer.WriteEndArray();
        }
    }

    private static void WriteJson(Utf8JsonWriter writer, string name, JsonElement? value)
    {
        if (value is { } json)
        {
            writer.WritePropertyName(name);
            writer.WriteMended(json);
        }
    }
}
