using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Counts as Vertex AI is asked for them
/// (https://docs.cloud.google.com/vertex-ai/generative-ai/docs/model-reference/count-tokens): the request itself, less
/// what the endpoint does not know.
/// </summary>
internal sealed class GoogleGeminiVertexCountSpoken : ISpoken
{
    private static readonly string[] NotCounted =
        ["toolConfig", "safetySettings", "cachedContent", "labels", "serviceTier"];

    public Call Write(ModelRequest request, CallContext context)
    {
        var encoding = EncodingContext.Of(context);
        var buffer = new PooledBuffer(context.SizeHint, context.Budget);
        try
        {
            GoogleGeminiRequestEncoder.Encode((ChatRequest)request, context.Account, encoding, buffer);
            var patch = new BodyPatch(JsonEnvelope.Read(buffer.Written));
            Array.ForEach(NotCounted, field => patch.Remove(field));
            context.Amendment?.Apply(patch);
            return new GoogleGeminiCountCall(patch.Apply(), buffer);
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }
}
