using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Token counts as Gemini tells them (https://ai.google.dev/api/generate-content#UsageMetadata): the prompt's hold what
/// a cache read, the candidates' leave out the thinking.
/// </summary>
internal static class GoogleGeminiUsageWriter
{
    public static void Write(Utf8JsonWriter writer, TokenUsage usage, string? serviceTier)
    {
        long spoken = usage.Output + usage.OutputAudio;
        writer.WriteStartObject("usageMetadata"u8);
        writer.WriteNumber("promptTokenCount"u8, usage.Prompt);
        writer.WriteNumber("candidatesTokenCount"u8, spoken);
        writer.WriteNumber("totalTokenCount"u8, usage.Total);
        if (usage.CacheRead > 0)
        {
            writer.WriteNumber("cachedContentTokenCount"u8, usage.CacheRead);
        }

        if (usage.Reasoning > 0)
        {
            writer.WriteNumber("thoughtsTokenCount"u8, usage.Reasoning);
        }

        WriteModalities(writer, "promptTokensDetails"u8, usage.Prompt - usage.InputAudio, usage.InputAudio);
        WriteModalities(writer, "candidatesTokensDetails"u8, usage.Output, usage.OutputAudio);
        if (serviceTier is not null)
        {
            writer.WriteString("serviceTier"u8, serviceTier == "default" ? "standard" : serviceTier);
        }

        if (usage.Estimated)
        {
            writer.WriteBoolean("estimated"u8, true);
        }

        writer.WriteEndObject();
    }

    /// <summary>Told only where there is sound: else all of it is text, or nobody knows of what.</summary>
    private static void WriteModalities(Utf8JsonWriter writer, ReadOnlySpan<byte> name, long text, long audio)
    {
        if (audio == 0)
        {
            return;
        }

        writer.WriteStartArray(name);
        WriteModality(writer, "TEXT"u8, text);
        WriteModality(writer, "AUDIO"u8, audio);
        writer.WriteEndArray();
    }

    private static void WriteModality(Utf8JsonWriter writer, ReadOnlySpan<byte> modality, long tokens)
    {
        writer.WriteStartObject();
        writer.WriteString("modality"u8, modality);
        writer.WriteNumber("tokenCount"u8, tokens);
        writer.WriteEndObject();
    }
}
