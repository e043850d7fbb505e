using System.Runtime.InteropServices;
using System.Text.Json;

namespace Lightport.Dialects.Json;

/// <summary>
/// Reads fields that may be absent or of another type, and text that may hold half of a surrogate pair.
/// </summary>
internal static class JsonElementExtensions
{
    /// <summary>A list of nothing.</summary>
    public static readonly JsonElement NoItems = JsonElement.Parse("[]"u8);

    /// <summary>The text of a value known to be a string.</summary>
    public static string Text(this JsonElement element) => LenientText.Read(JsonMarshal.GetRawUtf8Value(element));

    /// <summary>Whether a value is this text.</summary>
    public static bool Is(this JsonElement element, string text) =>
        element.ValueKind == JsonValueKind.String && element.Text() == text;

    /// <summary>The text of a string; of any other value how it is written.</summary>
    public static string Words(this JsonElement element) =>
        element.ValueKind == JsonValueKind.String ? element.Text() : element.GetRawText();

    /// <summary>The text of a field, or null where it is absent or no string.</summary>
    public static string? TextOf(this JsonElement element, string name) =>
        element.ValueOf(name) is { ValueKind: JsonValueKind.String } value ? value.Text() : null;

    /// <summary>The whole number of a field, or null where it is absent, no number, or does not fit.</summary>
    public static int? IntegerOf(this JsonElement element, string name) =>
        element.ValueOf(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out int number)
            ? number
            : null;

    /// <summary>The object of a field, or null where it is absent or something else.</summary>
    public static JsonElement? ObjectOf(this JsonElement element, string name) =>
        element.ValueOf(name) is { ValueKind: JsonValueKind.Object } value ? value : null;

    /// <summary>The elements of a field, none where it is absent or no array.</summary>
    public static JsonElement.ArrayEnumerator ItemsOf(this JsonElement element, string name) =>
        (element.ValueOf(name) is { ValueKind: JsonValueKind.Array } array ? array : NoItems).EnumerateArray();

    /// <summary>The value of a field, or null where it is absent or null.</summary>
    public static JsonElement? ValueOf(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && LenientText.TryGetProperty(element, name, out JsonElement value)
        && value.ValueKind != JsonValueKind.Null
            ? value
            : null;
}
