using System.Buffers;
using System.Text.Json;

namespace Lightport.Transport.Body;

/// <summary>
/// Changes to the text of one JSON object, which leave every other byte of it as it was. Of a name that stands several
/// times the last counts, as with most servers; where it is changed or removed, no other is left.
/// </summary>
internal static class JsonObjectText
{
    public static bool IsObject(ReadOnlySpan<byte> value) => value.Length > 0 && value[0] == (byte)'{';

    /// <summary>A field's JSON text; false where there is no such field.</summary>
    /// <param name="text">The object's JSON text.</param>
    public static bool TryGet(ReadOnlySpan<byte> text, string name, out ReadOnlySpan<byte> value)
    {
        bool found = false;
        value = default;
        var reader = new JsonFieldReader(text, name);
        while (reader.Next())
        {
            if (reader.Found)
            {
                value = text[reader.ValueStart..reader.ValueEnd];
                found = true;
            }
        }

        return found;
    }

    /// <summary>With a field's value replaced where it stands, or the field added at the end.</summary>
    /// <param name="text">The object's JSON text.</param>
    /// <param name="value">JSON text.</param>
    public static ReadOnlySpan<byte> With(ReadOnlySpan<byte> text, string name, ReadOnlySpan<byte> value) =>
        Rewrite(text, name, value, write: true);

    /// <param name="text">The object's JSON text.</param>
    public static ReadOnlySpan<byte> Without(ReadOnlySpan<byte> text, string name) =>
        Rewrite(text, name, default, write: false);

    /// <param name="write">Whether the value has yet to be written.</param>
    private static ReadOnlySpan<byte> Rewrite(
        ReadOnlySpan<byte> text, string name, ReadOnlySpan<byte> value, bool write)
    {
        ReadOnlySpan<byte> encoded = JsonEncodedText.Encode(name).EncodedUtf8Bytes;
        var result = new ArrayBufferWriter<byte>(text.Length + value.Length + encoded.Length + 4);
        var reader = new JsonFieldReader(text, name);
        int end = reader.ValueEnd;
        result.Write(text[..end]);
        bool empty = true, removed = false;
        while (reader.Next())
        {
            int start = end;
            end = reader.ValueEnd;
            if (reader.Found && !write)
            {
                removed = true;
                continue;
            }

            // Where all before it are gone, so is the comma between.
            result.Write(text[(empty && removed ? reader.NameStart : start)..reader.ValueStart]);
            result.Write(reader.Found ? value : text[reader.ValueStart..end]);
            write &= !reader.Found;
            empty = false;
        }

        if (write)
        {
            result.Write(empty ? "\""u8 : ",\""u8);
            result.Write(encoded);
            result.Write("\":"u8);
            result.Write(value);
        }

        result.Write(text[end..]);
        return result.WrittenSpan;
    }
}
