using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Lightport.Dialects.OpenAIChat;

/// <summary>
/// Reads JSON strings without ever throwing: the framework's own readers refuse a lone surrogate, which models do send
/// where a pair is cut between two chunks.
/// </summary>
internal static class OpenAIChatText
{
    private const int StackLimit = 256;

    /// <summary>The text of a value known to be a string.</summary>
    public static string Text(this JsonElement element) => Read(JsonMarshal.GetRawUtf8Value(element));

    /// <summary>The text of a field, or null where it is absent or no string.</summary>
    public static string? TextOf(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out JsonElement value)
        && value.ValueKind == JsonValueKind.String
            ? value.Text()
            : null;

    /// <summary>The value of a field, or null where it is absent or null.</summary>
    public static JsonElement? ValueOf(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
        && element.TryGetProperty(name, out JsonElement value)
        && value.ValueKind != JsonValueKind.Null
            ? value
            : null;

    /// <summary>The elements of a field, none where it is absent or no array.</summary>
    public static IEnumerable<JsonElement> ItemsOf(this JsonElement element, string name) =>
        element.ValueOf(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    /// <param name="token">A JSON string that a reader has accepted, with its quotes.</param>
    public static string Read(ReadOnlySpan<byte> token)
    {
        ReadOnlySpan<byte> inner = token[1..^1];
        return inner.Contains((byte)'\\') ? Unescape(inner) : Encoding.UTF8.GetString(inner);
    }

    private static string Unescape(ReadOnlySpan<byte> inner)
    {
        char[]? rented = null;
        Span<char> buffer = inner.Length <= StackLimit
            ? stackalloc char[StackLimit]
            : rented = ArrayPool<char>.Shared.Rent(inner.Length);
        int length = 0;
        while (!inner.IsEmpty)
        {
            int plain = inner.IndexOf((byte)'\\');
            plain = plain < 0 ? inner.Length : plain;
            length += Encoding.UTF8.GetChars(inner[..plain], buffer[length..]);
            inner = inner[plain..];
            if (!inner.IsEmpty)
            {
                buffer[length++] = Escaped(ref inner);
            }
        }

        string text = new(buffer[..length]);
        if (rented is not null)
        {
            ArrayPool<char>.Shared.Return(rented);
        }

        return text;
    }

    private static char Escaped(ref ReadOnlySpan<byte> rest)
    {
        byte kind = rest[1];
        if (kind == 'u')
        {
            char unit = (char)ushort.Parse(rest.Slice(2, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            rest = rest[6..];
            return unit;
        }

        rest = rest[2..];
        return kind switch
        {
            (byte)'n' => '\n',
            (byte)'t' => '\t',
            (byte)'r' => '\r',
            (byte)'b' => '\b',
            (byte)'f' => '\f',
            _ => (char)kind,
        };
    }
}
