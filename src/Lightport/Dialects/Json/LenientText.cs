using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Lightport.Dialects.Json;

/// <summary>
/// Reads JSON strings without ever throwing: System.Text.Json refuses half of a surrogate pair and broken UTF-8, which
/// models do send; here each becomes U+FFFD.
/// </summary>
internal static class LenientText
{
    private const char Replacement = '\uFFFD';

    /// <summary>A property's name.</summary>
    public static string Name(JsonProperty property)
    {
        ReadOnlySpan<byte> name = JsonMarshal.GetRawUtf8PropertyName(property);
        return Decode(name, name.Contains((byte)'\\'));
    }

    /// <summary>Finds a property, also beside one whose name holds half of a surrogate pair.</summary>
    public static bool TryGetProperty(JsonElement element, string name, out JsonElement value)
    {
        try
        {
            return element.TryGetProperty(name, out value);
        }
        catch (InvalidOperationException)
        {
            value = Last(element, name);
            return value.ValueKind != JsonValueKind.Undefined;
        }
    }

    /// <inheritdoc cref="TryGetProperty(JsonElement, string, out JsonElement)"/>
    public static bool TryGetProperty(JsonElement element, ReadOnlySpan<byte> name, out JsonElement value)
    {
        try
        {
            return element.TryGetProperty(name, out value);
        }
        catch (InvalidOperationException)
        {
            value = Last(element, Encoding.UTF8.GetString(name));
            return value.ValueKind != JsonValueKind.Undefined;
        }
    }

    /// <summary>A string's text.</summary>
    /// <param name="token">The string as a reader has accepted it, with its quotes.</param>
    public static string Read(ReadOnlySpan<byte> token)
    {
        ReadOnlySpan<byte> inner = token[1..^1];
        return Decode(inner, inner.Contains((byte)'\\'));
    }

    /// <summary>A string's text from between its quotes.</summary>
    public static string Decode(ReadOnlySpan<byte> utf8, bool escaped)
    {
        if (!escaped)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        // No escape is shorter than what it stands for, and each broken byte becomes one character at most.
        char[] rented = ArrayPool<char>.Shared.Rent(utf8.Length);
        int written = Unescape(utf8, rented);
        string text = new(rented, 0, written);
        ArrayPool<char>.Shared.Return(rented);
        return text;
    }

    /// <summary>A method of its own, or every search would make the closure that only this one needs.</summary>
    private static JsonElement Last(JsonElement element, string name) =>
        element.EnumerateObject().LastOrDefault(property => Name(property) == name).Value;

    private static int Unescape(ReadOnlySpan<byte> utf8, Span<char> target)
    {
        int written = 0;
        while (!utf8.IsEmpty)
        {
            int backslash = utf8.IndexOf((byte)'\\');
            ReadOnlySpan<byte> plain = backslash < 0 ? utf8 : utf8[..backslash];
            written += Encoding.UTF8.GetChars(plain, target[written..]);
            if (backslash < 0 || backslash + 1 >= utf8.Length)
            {
                break;
            }

            utf8 = utf8[(backslash + 1)..];
            if (utf8[0] == 'u')
            {
                written += UnescapeUnit(ref utf8, target[written..]);
                continue;
            }

            target[written++] = (char)utf8[0] switch
            {
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                char other => other,
            };
            utf8 = utf8[1..];
        }

        return written;
    }

    /// <summary>Takes <c>uXXXX</c>, and the second half of a pair where it follows.</summary>
    private static int UnescapeUnit(ref ReadOnlySpan<byte> utf8, Span<char> target)
    {
        char first = Unit(utf8);
        utf8 = utf8[Math.Min(5, utf8.Length)..];
        if (char.IsHighSurrogate(first) && utf8.Length >= 6 && utf8[0] == '\\' && utf8[1] == 'u'
            && Unit(utf8[1..]) is var second && char.IsLowSurrogate(second))
        {
            (target[0], target[1]) = (first, second);
            utf8 = utf8[6..];
            return 2;
        }

        target[0] = char.IsSurrogate(first) ? Replacement : first;
        return 1;
    }

    private static char Unit(ReadOnlySpan<byte> utf8) =>
        utf8.Length >= 5 && ushort.TryParse(
            utf8.Slice(1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit)
            ? (char)unit
            : Replacement;
}
