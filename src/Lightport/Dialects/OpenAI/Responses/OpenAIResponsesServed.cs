using System.Buffers;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Dialects.OpenAI.Chat;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>Responses as clients ask for them.</summary>
internal sealed class OpenAIResponsesServed : IServed
{
    public IClientFamily Family => OpenAIClients.Instance;

    public string ContentField => "input";

    public GatewayError? CheckMediaType(string mediaType) => JsonMediaType.Check(mediaType);

    public RequestFacts Read(ClientRequest request)
    {
        JsonEnvelope body = request.Json;
        OpenAIResponsesLimits.Check(body);
        return JsonBody.Facts(body, Operation.Chat);
    }

    public void EncodeStreamError(
        ClientRequest request, GatewayError error, string requestId, IBufferWriter<byte> output) =>
        OpenAIResponsesErrors.WriteEvent(error, sequence: 0, output);
}
