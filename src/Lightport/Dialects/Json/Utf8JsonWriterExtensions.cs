using System.Runtime.InteropServices;
using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.Json;

/// <summary>Copies JSON that a coder has no word for.</summary>
internal static class Utf8JsonWriterExtensions
{
    /// <summary>
    /// Writes fields that the model has no word for, as they came; those of an object inside are that object's.
    /// </summary>
    public static void WriteFields(this Utf8JsonWriter writer, IReadOnlyList<Extension> fields)
    {
        foreach (Extension field in fields)
        {
            if (field.Owner is null)
            {
                writer.WritePropertyName(field.Name);
                writer.WriteOnOneLine(field.Value);
            }
        }
    }

    /// <summary>Writes those that stood in the object of this name, which is being written.</summary>
    public static void WriteFieldsOf(this Utf8JsonWriter writer, string owner, IReadOnlyList<Extension> fields)
    {
        foreach (Extension field in fields)
        {
            if (field.Owner == owner)
            {
                writer.WritePropertyName(field.Name.AsSpan(owner.Length + 1));
                writer.WriteOnOneLine(field.Value);
            }
        }
    }

    /// <summary>
    /// Copies an element as it stands, without line breaks, which would cut a server-sent event in two.
    /// </summary>
    public static void WriteOnOneLine(this Utf8JsonWriter writer, JsonElement element) =>
        writer.WriteOnOneLine(JsonMarshal.GetRawUtf8Value(element));

    /// <inheritdoc cref="WriteOnOneLine(Utf8JsonWriter, JsonElement)"/>
    public static void WriteOnOneLine(this Utf8JsonWriter writer, ReadOnlySpan<byte> json)
    {
        // Inside strings a line break is always escaped, so every bare one is white space between tokens.
        writer.WriteRawValue(
            json.IndexOfAny((byte)'\n', (byte)'\r') < 0 ? json : WithoutLineBreaks(json),
            skipInputValidation: true);
    }

    /// <summary>Writes an element as it is, but for half surrogate pairs in its names and texts.</summary>
    public static void WriteMended(this Utf8JsonWriter writer, JsonElement element)
    {
        if (JsonMarshal.GetRawUtf8Value(element).IndexOf("\\u"u8) < 0)
        {
            element.WriteTo(writer);
            return;
        }

        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty property in element.EnumerateObject())
                {
                    writer.WritePropertyName(LenientText.Name(property));
                    writer.WriteMended(property.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in element.EnumerateArray())
                {
                    writer.WriteMended(item);
                }

                writer.WriteEndArray();
                break;
            default:
                writer.WriteStringValue(element.Text());
                break;
        }
    }

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
