using System.Buffers;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Dialects.OpenAI.Chat;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Embeddings;

/// <summary>Embeddings as clients ask for them.</summary>
internal sealed class OpenAIEmbeddingsServed : IServed
{
    public IClientFamily Family => OpenAIClients.Instance;

    public string ContentField => "input";

    public GatewayError? CheckMediaType(string mediaType) => JsonMediaType.Check(mediaType);

    /// <summary>Vectors come whole whatever is asked; what the provider makes of the wish is its own affair.</summary>
    public RequestFacts Read(ClientRequest request)
    {
        RequestFacts facts = JsonBody.Facts(request, Operation.Embeddings);
        return facts with { Stream = false, Format = AnswerFormat.Json };
    }

    public RequestBounds Bounds(ClientRequest request) => OpenAIEmbeddingsBounds.Of(request.Json);

    public void EncodeStreamError(
        ClientRequest request, GatewayError error, AnswerContext context, IBufferWriter<byte> output) =>
        OpenAIChatErrors.WriteFrame(error, output);
}
