using System.Text;
using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Where the fields of one part stand (https://ai.google.dev/api/caching#Part): a text, a call, or what else it is, and
/// the signature that any kind may carry.
/// </summary>
internal ref struct GoogleGeminiPart
{
    public JsonSlice Text, Signature, Call, Media, Other;

    /// <summary>The text is the model's thinking.</summary>
    public bool IsThought;

    /// <summary>The name of <see cref="Other"/>: the part's kind where it is none that every dialect has.</summary>
    public string? Kind;

    /// <param name="data">The text that the slices are of.</param>
    /// <param name="part">Where the part stands in it.</param>
    public static GoogleGeminiPart Read(ReadOnlySpan<byte> data, JsonSlice part)
    {
        var read = new GoogleGeminiPart();
        if (!part.Is(data, '{'))
        {
            return read;
        }

        var reader = new Utf8JsonReader(part.In(data));
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            read.Take(data, part.Start, ref reader);
        }

        return read;
    }

    private void Take(ReadOnlySpan<byte> data, int offset, scoped ref Utf8JsonReader reader)
    {
        ReadOnlySpan<byte> name = reader.ValueSpan;
        JsonSlice value = JsonSlice.Take(ref reader, offset);
        if (name.SequenceEqual("text"u8))
        {
            Text = value;
        }
        else if (name.SequenceEqual("thoughtSignature"u8))
        {
            Signature = value;
        }
        else if (name.SequenceEqual("thought"u8))
        {
            IsThought = value.Is(data, 't');
        }
        else if (name.SequenceEqual("functionCall"u8))
        {
            Call = value;
        }
        else if (name.SequenceEqual("inlineData"u8))
        {
            Media = value;
        }
        else if (value.Is(data, '{') && !IsMetadata(name))
        {
            (Other, Kind) = (value, Encoding.UTF8.GetString(name));
        }
    }

    /// <summary>Says something of the part's content, and is none.</summary>
    private static bool IsMetadata(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("videoMetadata"u8) || name.SequenceEqual("mediaResolution"u8)
        || name.SequenceEqual("partMetadata"u8);
}
