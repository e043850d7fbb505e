using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Aws.Converse;

/// <summary>
/// One <c>contentBlockDelta</c> by its fields, each a slice of the message: text, the most frequent kind, makes nothing
/// but its string.
/// </summary>
internal ref struct AwsConverseDelta
{
    /// <summary>The block that it is of.</summary>
    public int Index;

    /// <summary>What kind it is (<c>text</c>, <c>toolUse</c>).</summary>
    public ReadOnlySpan<byte> Kind;

    /// <summary>Its JSON.</summary>
    public ReadOnlySpan<byte> Value;

    /// <summary>The text that it is, or that a field of it is; null where there is none.</summary>
    /// <param name="field">Empty where the value itself is the text.</param>
    public readonly string? Text(ReadOnlySpan<byte> field)
    {
        if (field.IsEmpty)
        {
            return Value.Length >= 2 && Value[0] == '"' ? LenientText.Read(Value) : null;
        }

        var reader = new Utf8JsonReader(Value);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.Is(field))
            {
                return reader.ReadText();
            }

            reader.Skip();
        }

        return null;
    }

    /// <exception cref="JsonException">The message is not one JSON object.</exception>
    public static AwsConverseDelta Read(ReadOnlySpan<byte> data)
    {
        var delta = new AwsConverseDelta();
        var reader = new Utf8JsonReader(data);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("An event is a JSON object.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.Is("delta"u8))
            {
                delta.TakeDelta(reader.ReadObject(data));
            }
            else if (reader.Is("contentBlockIndex"u8))
            {
                reader.Read();
                delta.Index = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int index) ? index : 0;
                reader.Skip();
            }
            else
            {
                reader.Skip();
            }
        }

        reader.Read();
        return delta;
    }

    /// <summary>
    /// Takes the one field that a delta has. Beside it there may be its shape's name, and others that are null
    /// (https://smithy.io/2.0/spec/aggregate-types.html#union).
    /// </summary>
    private void TakeDelta(ReadOnlySpan<byte> delta)
    {
        if (delta.IsEmpty)
        {
            return;
        }

        var reader = new Utf8JsonReader(delta);
        reader.Read();
        while (Value.IsEmpty && reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> name = reader.ValueSpan;
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            bool isNull = reader.TokenType == JsonTokenType.Null;
            reader.Skip();
            if (!isNull && !name.SequenceEqual("__type"u8))
            {
                Kind = name;
                Value = delta[start..(int)reader.BytesConsumed];
            }
        }
    }
}
