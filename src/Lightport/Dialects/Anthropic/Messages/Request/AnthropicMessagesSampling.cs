using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// Writes temperature, top_p, top_k, stop sequences and the service tier, as far as the model takes them.
/// </summary>
internal static class AnthropicMessagesSampling
{
    public static void Write(Utf8JsonWriter writer, ChatRequest request, EncodingContext context, bool thinks)
    {
        GenerationOptions options = request.Options;
        if (context.Traits.Sampling)
        {
            WriteKnobs(writer, request, context.Losses, thinks);
        }
        else
        {
            DropIf(options.Temperature is not null, "temperature", context.Losses);
            DropIf(options.TopP is not null, "top_p", context.Losses);
            DropIf(options.TopK is not null, "top_k", context.Losses);
        }

        WriteStop(writer, options.Stop, context.Losses);
        WriteTier(writer, options.ServiceTier, context.Losses);
    }

    private static void WriteKnobs(Utf8JsonWriter writer, ChatRequest request, LossLedger losses, bool thinks)
    {
        GenerationOptions options = request.Options;
        double? temperature = options.Temperature;
        double? topP = options.TopP;
        if (temperature > 1)
        {
            // The scale ends at 1 here, at 2 elsewhere.
            losses.Note("temperature");
            temperature = 1;
        }

        if (thinks)
        {
            // While it thinks, the model samples in one way only (…/extended-thinking#feature-compatibility).
            NoteIf(temperature is not (null or 1), "temperature", losses);
            NoteIf(topP is not (null or (>= 0.95 and <= 1)), "top_p", losses);
            NoteIf(options.TopK is not null, "top_k", losses);
            temperature = temperature == 1 ? 1 : null;
            topP = topP is >= 0.95 and <= 1 ? topP : null;
        }

        if (temperature is not null && topP is not null && !AnthropicMessagesRequestEncoder.IsOwn(request))
        {
            // Claude 4.5 and later refuse both at once, which other dialects' clients send by default.
            losses.Note("top_p");
            topP = null;
        }

        WriteNumber(writer, "temperature"u8, temperature);
        WriteNumber(writer, "top_p"u8, topP);
        WriteNumber(writer, "top_k"u8, thinks ? null : options.TopK);
    }

    private static void WriteStop(Utf8JsonWriter writer, IReadOnlyList<string> stop, LossLedger losses)
    {
        if (stop.Count == 0)
        {
            return;
        }

        // A sequence of white space alone is refused.
        string[] kept = [.. stop.Where(sequence => !string.IsNullOrWhiteSpace(sequence))];
        NoteIf(kept.Length < stop.Count, "stop", losses);
        if (kept.Length > 0)
        {
            writer.WriteStartArray("stop_sequences"u8);
            foreach (string sequence in kept)
            {
                writer.WriteStringValue(sequence);
            }

            writer.WriteEndArray();
        }
    }

    private static void WriteTier(Utf8JsonWriter writer, string? tier, LossLedger losses)
    {
        switch (tier)
        {
            case null:
                break;
            case "auto":
                writer.WriteString("service_tier"u8, "auto"u8);
                break;
            case "default" or "standard_only":
                writer.WriteString("service_tier"u8, "standard_only"u8);
                break;
            default:
                losses.Drop("service_tier");
                break;
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, ReadOnlySpan<byte> name, double? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }

    private static void NoteIf(bool present, string field, LossLedger losses)
    {
        if (present)
        {
            losses.Note(field);
        }
    }

    private static void DropIf(bool present, string field, LossLedger losses)
    {
        if (present)
        {
            losses.Drop(field);
        }
    }
}
