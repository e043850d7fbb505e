using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Aws.Converse;

/// <summary>
/// Writes <c>inferenceConfig</c>, and what models take beside it in <c>additionalModelRequestFields</c>.
/// </summary>
internal static class AwsConverseInference
{
    /// <summary>The most stop sequences that Bedrock takes.</summary>
    private const int MostStops = 2500;

    public static void Write(
        Utf8JsonWriter writer,
        ChatRequest request,
        AwsConverseFamily family,
        AwsConverseThinking thinking,
        EncodingContext context)
    {
        GenerationOptions options = request.Options;
        bool samples = context.Traits.Sampling;
        double? temperature = Temperature(options, samples, thinking, context.Losses);
        double? topP = TopP(options, samples, thinking, context.Losses);
        if (temperature is not null && topP is not null && family.OneSampling)
        {
            // Claude 4.5 and later refuse both at once, which other dialects' clients send by default.
            context.Losses.Note("top_p");
            topP = null;
        }

        string[] stop = Stop(options, context.Losses);
        if (thinking.MaxTokens is not null || temperature is not null || topP is not null || stop.Length > 0)
        {
            writer.WriteStartObject("inferenceConfig"u8);
            writer.WriteOptional("maxTokens", thinking.MaxTokens);
            writer.WriteOptional("temperature", temperature);
            writer.WriteOptional("topP", topP);
            writer.WriteOptional("stopSequences", stop);
            writer.WriteEndObject();
        }

        int? topK = TopK(options, samples, family, thinking, context.Losses);
        if (topK is null && !thinking.IsSaid)
        {
            return;
        }

        writer.WriteStartObject("additionalModelRequestFields"u8);
        thinking.Write(writer, family);
        if (topK is { } most)
        {
            WriteTopK(writer, family.TopK!, most);
        }

        writer.WriteEndObject();
    }

    /// <summary>The client's limit, held within the model's; null where it said none.</summary>
    public static int? Limit(GenerationOptions options, EncodingContext context)
    {
        if (options.MaxOutputTokens > context.Traits.MaxOutputTokens)
        {
            string field = options.MaxOutputTokensField is null ? "max_tokens" : "max_completion_tokens";
            context.Losses.Note(field);
            return context.Traits.MaxOutputTokens;
        }

        return options.MaxOutputTokens;
    }

    private static double? Temperature(
        GenerationOptions options, bool samples, AwsConverseThinking thinking, LossLedger losses)
    {
        if (options.Temperature is not { } temperature)
        {
            return null;
        }

        if (!samples)
        {
            losses.Drop("temperature");
            return null;
        }

        if (temperature > 1 || (thinking.IsOn && temperature < 1))
        {
            // The scale ends at 1 here, at 2 elsewhere.
            losses.Note("temperature");
        }

        return thinking.IsOn && temperature < 1 ? null : Math.Clamp(temperature, 0, 1);
    }

    private static double? TopP(
        GenerationOptions options, bool samples, AwsConverseThinking thinking, LossLedger losses)
    {
        if (options.TopP is not { } topP)
        {
            return null;
        }

        if (!samples)
        {
            losses.Drop("top_p");
            return null;
        }

        if (thinking.IsOn && topP < 0.95)
        {
            losses.Note("top_p");
            return null;
        }

        return Math.Clamp(topP, 0, 1);
    }

    private static int? TopK(
        GenerationOptions options,
        bool samples,
        AwsConverseFamily family,
        AwsConverseThinking thinking,
        LossLedger losses)
    {
        if (options.TopK is null)
        {
            return null;
        }

        if (!samples || family.TopK is null)
        {
            losses.Drop("top_k");
            return null;
        }

        if (thinking.IsOn)
        {
            losses.Note("top_k");
            return null;
        }

        return options.TopK;
    }

    private static string[] Stop(GenerationOptions options, LossLedger losses)
    {
        // A sequence of white space alone is refused by Claude, an empty one by all.
        string[] kept = [.. options.Stop.Where(sequence => !string.IsNullOrWhiteSpace(sequence)).Take(MostStops)];
        if (kept.Length < options.Stop.Count)
        {
            losses.Note("stop");
        }

        return kept;
    }

    /// <param name="place">The names that lead to it, with dots between.</param>
    private static void WriteTopK(Utf8JsonWriter writer, string place, int topK)
    {
        string[] path = place.Split('.');
        foreach (string outer in path[..^1])
        {
            writer.WriteStartObject(outer);
        }

        writer.WriteNumber(path[^1], topK);
        foreach (string outer in path[..^1])
        {
            writer.WriteEndObject();
        }
    }
}
