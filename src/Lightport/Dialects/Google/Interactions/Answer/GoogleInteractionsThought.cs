using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Google.Gemini;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>
/// A step of thinking, asked and answered: its words, and the signature that stands for it. Another vendor's state, or
/// that of generateContent, rides in the signature's place in an envelope.
/// </summary>
internal static class GoogleInteractionsThought
{
    public static string Signature(OpaqueState state) => GoogleGeminiSignature.Write(state, StateFormats.Interactions);

    /// <summary>
    /// A state with the id of the part that it is of, which no field of a step has, and which the part's provider is
    /// told with it. Google's own has none.
    /// </summary>
    public static OpaqueState? Named(OpaqueState? state, string? id) =>
        id is null || state is null or { Format: StateFormats.Interactions } ? state : state with { Item = id };

    public static OpaqueState? State(string? signature) => string.IsNullOrEmpty(signature)
        ? null
        : GoogleGeminiSignature.Read(signature, StateFormats.Interactions);

    public static void Write(Utf8JsonWriter writer, string? words, string? signature)
    {
        writer.WriteStartObject();
        writer.WriteString("type"u8, "thought"u8);
        if (!string.IsNullOrEmpty(words))
        {
            writer.WriteStartArray("summary"u8);
            writer.WriteStartObject();
            writer.WriteString("type"u8, "text"u8);
            writer.WriteString("text"u8, words);
            writer.WriteEndObject();
            writer.WriteEndArray();
        }

        writer.WriteOptional("signature", signature);
        writer.WriteEndObject();
    }
}
