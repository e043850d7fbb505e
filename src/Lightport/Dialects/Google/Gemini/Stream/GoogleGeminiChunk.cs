using System.Text.Json;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Where the facts of one <c>GenerateContentResponse</c> stand, whole or one of a stream
/// (https://ai.google.dev/api/generate-content#v1beta.GenerateContentResponse).
/// </summary>
internal ref struct GoogleGeminiChunk
{
    public JsonSlice Candidates, Usage, PromptFeedback, Id, Model, Created, Error;

    /// <exception cref="JsonException">It is no object, or malformed.</exception>
    public static GoogleGeminiChunk Read(ReadOnlySpan<byte> data)
    {
        var chunk = new GoogleGeminiChunk();
        var reader = new Utf8JsonReader(data);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("An answer is a JSON object.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            chunk.Take(ref reader);
        }

        // Whatever follows the object makes it malformed.
        reader.Read();
        return chunk;
    }

    private void Take(scoped ref Utf8JsonReader reader)
    {
        ReadOnlySpan<byte> name = reader.ValueSpan;
        JsonSlice value = JsonSlice.Take(ref reader, offset: 0);
        if (name.SequenceEqual("candidates"u8))
        {
            Candidates = value;
        }
        else if (name.SequenceEqual("usageMetadata"u8))
        {
            Usage = value;
        }
        else if (name.SequenceEqual("promptFeedback"u8))
        {
            PromptFeedback = value;
        }
        else if (name.SequenceEqual("responseId"u8))
        {
            Id = value;
        }
        else if (name.SequenceEqual("modelVersion"u8))
        {
            Model = value;
        }
        else if (name.SequenceEqual("createTime"u8))
        {
            Created = value;
        }
        else if (name.SequenceEqual("error"u8))
        {
            Error = value;
        }
    }
}
