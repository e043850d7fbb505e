using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>The top of a stream's chunk, by position. Nothing of it is copied.</summary>
internal ref struct OpenAIChatChunk
{
    public JsonSlice Id, Object, Created, Model, Choices, Usage, Error, Sources, ServiceTier;

    /// <summary>The first choice, which most chunks have alone and which is read on the way to their end.</summary>
    public OpenAIChatChunkChoice First;

    /// <summary>There is a first choice.</summary>
    public bool HasFirst;

    /// <summary>There are others, or what is no choice.</summary>
    public bool HasMore;

    /// <summary>Of any length, so that a chunk's own says nothing of its text.</summary>
    public JsonSlice Padding;

    /// <summary>Where the object's closing brace stands.</summary>
    public int End;

    /// <param name="whole">It is a whole answer, in which a message counts before a delta.</param>
    /// <exception cref="JsonException">The data is no JSON object.</exception>
    public static OpenAIChatChunk Scan(ReadOnlySpan<byte> data, bool whole = false)
    {
        var reader = new Utf8JsonReader(data);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("A chunk is a JSON object.");
        }

        OpenAIChatChunk chunk = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            ReadOnlySpan<byte> name = reader.ValueSpan;
            if (name.SequenceEqual("choices"u8))
            {
                chunk.TakeChoices(ref reader, data, whole);
            }
            else
            {
                chunk.Set(name, JsonSlice.Take(ref reader, 0));
            }
        }

        chunk.End = (int)reader.TokenStartIndex;
        return reader.Read() ? throw new JsonException("A chunk is one JSON object.") : chunk;
    }

    private void TakeChoices(ref Utf8JsonReader reader, ReadOnlySpan<byte> data, bool whole)
    {
        int nameStart = (int)reader.TokenStartIndex;
        reader.Read();
        int start = (int)reader.TokenStartIndex;
        (First, HasFirst, HasMore) = (default, false, false);
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            ReadChoices(ref reader, data, whole);
        }
        else
        {
            reader.Skip();
        }

        Choices = new JsonSlice(nameStart, start, (int)reader.BytesConsumed);
    }

    private void ReadChoices(ref Utf8JsonReader reader, ReadOnlySpan<byte> data, bool whole)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (HasFirst || HasMore || reader.TokenType != JsonTokenType.StartObject)
            {
                HasMore = true;
                reader.Skip();
            }
            else
            {
                HasFirst = true;
                OpenAIChatChunkChoices.Read(ref reader, data, offset: 0, whole, ref First);
            }
        }
    }

    private void Set(ReadOnlySpan<byte> name, JsonSlice value)
    {
        if (name.SequenceEqual("id"u8))
        {
            Id = value;
        }
        else if (name.SequenceEqual("object"u8))
        {
            Object = value;
        }
        else if (name.SequenceEqual("created"u8))
        {
            Created = value;
        }
        else if (name.SequenceEqual("model"u8))
        {
            Model = value;
        }
        else if (name.SequenceEqual("usage"u8))
        {
            Usage = value;
        }
        else if (name.SequenceEqual("service_tier"u8))
        {
            ServiceTier = value;
        }
        else if (name.SequenceEqual("obfuscation"u8))
        {
            Padding = value;
        }
        else if (name.SequenceEqual("error"u8))
        {
            Error = value;
        }
        else if (name.SequenceEqual("search_results"u8) || name.SequenceEqual("citations"u8))
        {
            Sources = value;
        }
    }

    /// <summary>
    /// Whether the chunk says that something failed; <c>null</c>, <c>{}</c> and <c>""</c> say nothing.
    /// </summary>
    public readonly bool HasError(ReadOnlySpan<byte> data) =>
        Error.IsText(data) || (Error.Is(data, '{') && Error.In(data).Contains((byte)'"'));

    public readonly bool HasUsage(ReadOnlySpan<byte> data) => Usage.Is(data, '{');

    public readonly bool HasChoices(ReadOnlySpan<byte> data) =>
        Choices.Is(data, '[') && Choices.In(data).Contains((byte)'{');

    public readonly long CreatedAt(ReadOnlySpan<byte> data)
    {
        if (!Created.IsPresent)
        {
            return 0;
        }

        var reader = new Utf8JsonReader(Created.In(data));
        return reader.Read() && reader.TokenType == JsonTokenType.Number
            ? reader.TryGetInt64(out long whole) ? whole : (long)reader.GetDouble()
            : 0;
    }
}
