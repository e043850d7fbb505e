using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>The top of a stream's event, by position. Nothing of it is copied.</summary>
internal ref struct OpenAIResponsesEvent
{
    private const int Unsaid = -1;

    public JsonSlice Type, Response, Item, Delta, Annotation, Logprobs, Error;

    /// <summary>The item's place in the output; -1 where it is not told.</summary>
    public int OutputIndex;

    /// <summary>The place in the item of the text or of the summary that the event is of.</summary>
    public int ContentIndex, SummaryIndex;

    /// <exception cref="JsonException">The data is no JSON object.</exception>
    public static OpenAIResponsesEvent Scan(ReadOnlySpan<byte> data)
    {
        var reader = new Utf8JsonReader(data);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("An event is a JSON object.");
        }

        var scanned = new OpenAIResponsesEvent { OutputIndex = Unsaid };
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> name = reader.ValueSpan;
            if (name.EndsWith("_index"u8))
            {
                reader.Read();
                scanned.Set(name, ref reader);
            }
            else
            {
                scanned.Set(name, JsonSlice.Take(ref reader, 0));
            }
        }

        return reader.Read() ? throw new JsonException("An event is one JSON object.") : scanned;
    }

    /// <summary>Whether the event is of this type.</summary>
    /// <param name="type">The type between its quotes.</param>
    public readonly bool Is(ReadOnlySpan<byte> data, ReadOnlySpan<byte> type) => TypeIn(data).SequenceEqual(type);

    /// <summary>The event's type; empty where it has none.</summary>
    public readonly ReadOnlySpan<byte> TypeIn(ReadOnlySpan<byte> data) =>
        Type.IsText(data) ? Type.In(data)[1..^1] : default;

    private void Set(ReadOnlySpan<byte> name, scoped ref Utf8JsonReader reader)
    {
        int index = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int said) ? said : Unsaid;
        reader.Skip();
        if (name.SequenceEqual("output_index"u8))
        {
            OutputIndex = index;
        }
        else if (name.SequenceEqual("content_index"u8))
        {
            ContentIndex = index;
        }
        else if (name.SequenceEqual("summary_index"u8))
        {
            SummaryIndex = index;
        }
    }

    private void Set(ReadOnlySpan<byte> name, JsonSlice value)
    {
        if (name.SequenceEqual("type"u8))
        {
            Type = value;
        }
        else if (name.SequenceEqual("response"u8))
        {
            Response = value;
        }
        else if (name.SequenceEqual("item"u8))
        {
            Item = value;
        }
        else if (name.SequenceEqual("delta"u8))
        {
            Delta = value;
        }
        else if (name.SequenceEqual("annotation"u8))
        {
            Annotation = value;
        }
        else if (name.SequenceEqual("logprobs"u8))
        {
            Logprobs = value;
        }
        else if (name.SequenceEqual("error"u8))
        {
            Error = value;
        }
    }
}
