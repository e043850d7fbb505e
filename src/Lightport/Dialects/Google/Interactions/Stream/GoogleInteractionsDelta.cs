using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>
/// Where the words of one delta stand: those that come by the thousand are read without making anything of the rest.
/// </summary>
internal ref struct GoogleInteractionsDelta
{
    public JsonSlice Type, Text, Arguments;

    /// <param name="data">The text that the slices are of.</param>
    /// <param name="delta">Where the delta stands in it.</param>
    public static GoogleInteractionsDelta Read(ReadOnlySpan<byte> data, JsonSlice delta)
    {
        var read = new GoogleInteractionsDelta();
        if (!delta.Is(data, '{'))
        {
            return read;
        }

        var reader = new Utf8JsonReader(delta.In(data));
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> name = reader.ValueSpan;
            JsonSlice value = JsonSlice.Take(ref reader, delta.Start);
            if (name.SequenceEqual("type"u8))
            {
                read.Type = value;
            }
            else if (name.SequenceEqual("text"u8))
            {
                read.Text = value;
            }
            else if (name.SequenceEqual("arguments"u8))
            {
                read.Arguments = value;
            }
        }

        return read;
    }

    /// <summary>Whether the delta is of a type.</summary>
    public readonly bool Is(ReadOnlySpan<byte> data, ReadOnlySpan<byte> type) =>
        Type.IsText(data) && data[(Type.Start + 1)..(Type.End - 1)].SequenceEqual(type);
}
