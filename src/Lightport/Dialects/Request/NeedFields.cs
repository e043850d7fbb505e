using System.Buffers.Text;
using System.Text.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects;

/// <summary>Reads, without making objects, the fields that say what a request needs; a field of another type says
/// nothing.</summary>
internal static class NeedFields
{
    /// <summary>The tokens of an empty list: its two brackets.</summary>
    private const int EmptyList = 2;

    public static bool HasItems(JsonEnvelope body, string name) =>
        body.TryGet(name, out JsonField field) && field.Tokens > EmptyList;

    /// <summary>A field's JSON text; empty where it is absent.</summary>
    public static ReadOnlySpan<byte> Value(JsonEnvelope body, string name) =>
        body.TryGet(name, out JsonField field) ? body.Value(field) : default;

    /// <summary>The JSON text of a field of an object; empty where there is no such field, or no object.</summary>
    public static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> owner, string name) =>
        JsonObjectText.IsObject(owner) && JsonObjectText.TryGet(owner, name, out ReadOnlySpan<byte> value)
            ? value
            : default;

    /// <summary>Whether a field is there, and is not <c>null</c>.</summary>
    public static bool IsSaid(JsonEnvelope body, string name) =>
        body.TryGet(name, out JsonField field) && field.Type != JsonTokenType.Null;

    /// <summary>Whether a word stands in a JSON text, or may, where letters of it stand as escapes.</summary>
    public static bool Mentions(ReadOnlySpan<byte> value, ReadOnlySpan<byte> word) =>
        value.IndexOf(word) >= 0 || value.IndexOf("\\u00"u8) >= 0;

    /// <summary>A whole number above zero; null where the JSON text is anything else.</summary>
    public static long? Count(ReadOnlySpan<byte> value) =>
        Utf8Parser.TryParse(value, out long count, out int read) && read == value.Length && count > 0 ? count : null;

    /// <summary>Whether an object's <c>type</c> is a demand for a JSON Schema.</summary>
    public static bool IsSchema(ReadOnlySpan<byte> format) =>
        Value(format, "type").SequenceEqual("\"json_schema\""u8);
}
