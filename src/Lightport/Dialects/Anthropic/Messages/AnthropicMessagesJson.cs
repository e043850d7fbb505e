using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Writing and parsing as all coders of this dialect do it.</summary>
internal static class AnthropicMessagesJson
{
    public static JsonWriterOptions WriterOptions { get; } = new()
    {
        // A JSON body is never part of a page: only what JSON itself demands is escaped.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>
    /// Whether an exception means that the text is no sound JSON: half a surrogate pair in a name counts as such.
    /// </summary>
    public static bool IsMalformed(Exception exception) => exception is JsonException or InvalidOperationException;

    /// <summary>
    /// Copies an element as it stands, without line breaks, which would cut a server-sent event in two.
    /// </summary>
    public static void WriteRaw(Utf8JsonWriter writer, JsonElement element) =>
        WriteRaw(writer, JsonMarshal.GetRawUtf8Value(element));

    public static void WriteRaw(Utf8JsonWriter writer, ReadOnlySpan<byte> json)
    {
        // Inside strings a line break is always escaped, so every bare one is white space between tokens.
        writer.WriteRawValue(
            json.IndexOfAny((byte)'\n', (byte)'\r') < 0 ? json : WithoutLineBreaks(json),
            skipInputValidation: true);
    }

    /// <summary>Writes fields that the model has no word for, as they came.</summary>
    public static void WriteFields(Utf8JsonWriter writer, IReadOnlyList<Extension> fields)
    {
        foreach (Extension field in fields)
        {
            writer.WritePropertyName(field.Name);
            WriteRaw(writer, field.Value);
        }
    }

    /// <summary>Parses a provider's JSON; broken UTF-8 in it becomes U+FFFD.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static JsonElement Parse(ReadOnlySpan<byte> json) => JsonElement.Parse(Utf8Text.Mend(json));

    private static byte[] WithoutLineBreaks(ReadOnlySpan<byte> json)
    {
        byte[] kept = new byte[json.Length];
        int length = 0;
        foreach (byte b in json)
        {
            if (b is not ((byte)'\n' or (byte)'\r'))
            {
                kept[length++] = b;
            }
        }

        return kept[..length];
    }
}
