using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>The top of a stream's chunk, by position. Nothing of it is copied.</summary>
internal ref struct OpenAIChatChunk
{
    public JsonSlice Id, Object, Created, Model, Choices, Usage, Error, Sources, ServiceTier;

    /// <summary>Of any length, so that a chunk's own says nothing of its text.</summary>
    public JsonSlice Padding;

    /// <summary>Where the object's closing brace stands.</summary>
    public int End;

    /// <exception cref="JsonException">The data is no JSON object.</exception>
    public static OpenAIChatChunk Scan(ReadOnlySpan<byte> data)
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
            chunk.Set(name, JsonSlice.Take(ref reader, 0));
        }

        chunk.End = (int)reader.TokenStartIndex;
        return reader.Read() ? throw new JsonException("A chunk is one JSON object.") : chunk;
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
        else if (name.SequenceEqual("choices"u8))
        {
            Choices = value;
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
