using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>
/// Where the facts of one event stand (https://ai.google.dev/gemini-api/docs/interactions/streaming).
/// </summary>
internal ref struct GoogleInteractionsEvent
{
    public JsonSlice Type, Step, Delta, Interaction, Error;
    public int Index;

    /// <exception cref="JsonException">It is no object, or malformed.</exception>
    public static GoogleInteractionsEvent Read(ReadOnlySpan<byte> data)
    {
        var read = new GoogleInteractionsEvent();
        var reader = new Utf8JsonReader(data);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("An event is a JSON object.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            read.Take(data, ref reader);
        }

        // Whatever follows the object makes it malformed.
        reader.Read();
        return read;
    }

    /// <summary>Whether the event is of a type.</summary>
    public readonly bool Is(ReadOnlySpan<byte> data, ReadOnlySpan<byte> type) =>
        Type.IsText(data) && data[(Type.Start + 1)..(Type.End - 1)].SequenceEqual(type);

    private void Take(ReadOnlySpan<byte> data, scoped ref Utf8JsonReader reader)
    {
        ReadOnlySpan<byte> name = reader.ValueSpan;
        JsonSlice value = JsonSlice.Take(ref reader, offset: 0);
        if (name.SequenceEqual("event_type"u8))
        {
            Type = value;
        }
        else if (name.SequenceEqual("index"u8))
        {
            var number = new Utf8JsonReader(value.In(data));
            number.Read();
            Index = number.TokenType == JsonTokenType.Number && number.TryGetInt32(out int index) ? index : 0;
        }
        else if (name.SequenceEqual("step"u8))
        {
            Step = value;
        }
        else if (name.SequenceEqual("delta"u8))
        {
            Delta = value;
        }
        else if (name.SequenceEqual("interaction"u8))
        {
            Interaction = value;
        }
        else if (name.SequenceEqual("error"u8))
        {
            Error = value;
        }
    }
}
