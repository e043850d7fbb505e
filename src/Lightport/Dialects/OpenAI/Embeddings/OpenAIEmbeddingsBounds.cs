using System.Text.Json;
using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Embeddings;

/// <summary>What bounds a request for embeddings, read off its bytes: texts and tokens do, and nothing else.</summary>
internal static class OpenAIEmbeddingsBounds
{
    public static RequestBounds Of(JsonEnvelope body)
    {
        if (!body.TryGet("input", out JsonField input) || input.Type == JsonTokenType.String)
        {
            return default;
        }

        var reader = new Utf8JsonReader(
            body.Value(input), new JsonReaderOptions { MaxDepth = JsonEnvelope.MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                return new RequestBounds
                {
                    Unbounded = "nobody knows how much there is to read in an 'input' that is an object; send text",
                };
            }
        }

        return default;
    }
}
