using System.Buffers;
using Lightport.Conversation;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// An answer that its provider keeps, asked for again, looked into, cancelled or removed. All that is asked stands in
/// the address (https://platform.openai.com/docs/api-reference/responses/get).
/// </summary>
internal sealed class OpenAIResponsesKeptServed : IServed
{
    public IClientFamily Family => OpenAIClients.Instance;

    public GatewayError? CheckMediaType(string mediaType) => null;

    public RequestFacts Read(ClientRequest request)
    {
        bool stream = request.Query("stream") is "true";
        return new RequestFacts(Operation.KeptAnswer, "", stream, stream ? AnswerFormat.Events : AnswerFormat.Json);
    }

    public void EncodeStreamError(
        ClientRequest request, GatewayError error, AnswerContext context, IBufferWriter<byte> output) =>
        OpenAIResponsesErrors.WriteEvent(error, sequence: 0, output);
}
