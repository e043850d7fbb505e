using System.Text.Json;
using Lightport.Dialects.Google.Gemini;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>
/// Takes out of a conversation that passes through the thoughts that are none of Google's: their signature carries the
/// gateway's own mark, being another vendor's state or that of another of Google's dialects, or there is none, as of a
/// model that signs nothing. Google refuses both. Where a call follows that its model wants signed, the word that
/// excuses it stands in their place.
/// </summary>
internal static class GoogleInteractionsHistory
{
    /// <param name="signedCalls">The model refuses a call without a signature.</param>
    public static void Patch(JsonEnvelope request, bool signedCalls, BodyPatch patch, LossLedger losses)
    {
        if (!request.TryGet("input", out JsonField field)
            || field.Type != JsonTokenType.StartArray
            || request.Value(field).IndexOf("\"thought\""u8) < 0
            || !HasForeign(request.Value(field)))
        {
            return;
        }

        ReadOnlySpan<byte> input = request.Value(field);
        using var kept = new PooledBuffer(input.Length + 256);
        Write(input, signedCalls, kept);
        losses.Note("thought_signature");
        patch.Set("input", kept.Written.Span);
    }

    private static bool HasForeign(ReadOnlySpan<byte> input)
    {
        var steps = new GoogleGeminiElements(input, new JsonSlice(0, 0, input.Length));
        while (steps.Next(out JsonSlice step))
        {
            if (Look(input, step).IsForeign)
            {
                return true;
            }
        }

        return false;
    }

    private static void Write(ReadOnlySpan<byte> input, bool signedCalls, PooledBuffer kept)
    {
        bool waits = false;
        using var writer = new Utf8JsonWriter(kept, JsonSettings.Writing);
        writer.WriteStartArray();
        var steps = new GoogleGeminiElements(input, new JsonSlice(0, 0, input.Length));
        while (steps.Next(out JsonSlice step))
        {
            (string? type, bool isForeign) = Look(input, step);
            if (isForeign)
            {
                waits = signedCalls;
                continue;
            }

            if (waits && type == "function_call")
            {
                GoogleInteractionsThought.Write(writer, words: null, GoogleGeminiWire.NoSignature);
            }

            waits = false;
            writer.WriteRawValue(step.In(input), skipInputValidation: true);
        }

        writer.WriteEndArray();
    }

    private static (string? Type, bool IsForeign) Look(ReadOnlySpan<byte> input, JsonSlice step)
    {
        (JsonSlice type, JsonSlice signature) = (default, default);
        if (step.Is(input, '{'))
        {
            var reader = new Utf8JsonReader(step.In(input));
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isType = reader.ValueSpan.SequenceEqual("type"u8);
                bool isSignature = reader.ValueSpan.SequenceEqual("signature"u8);
                JsonSlice value = JsonSlice.Take(ref reader, step.Start);
                type = isType ? value : type;
                signature = isSignature ? value : signature;
            }
        }

        string? named = type.Text(input);
        string? slot = named == "thought" ? signature.Text(input) : "";
        return (named, slot is null || GoogleGeminiSignature.IsEnvelope(slot));
    }
}
