using Lightport.Dialects.Passthrough;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Embeddings;

/// <summary>
/// Embeddings between a client and a provider that both speak them: vectors, as numbers or base64, are not touched.
/// </summary>
internal sealed class OpenAIEmbeddingsPassed : IPassed
{
    public Call Write(ClientRequest request, CallContext context) => new OpenAIPassedCall(
        PassedBody.Of(new BodyPatch(request.Json), context),
        () => new OpenAIEmbeddingsRelay(context.Answer.EstimatedPromptTokens));
}
