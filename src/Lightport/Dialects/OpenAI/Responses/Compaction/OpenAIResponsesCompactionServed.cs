using System.Buffers;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// A conversation to be made shorter by whoever will read it again, for what it becomes is sealed
/// (https://platform.openai.com/docs/api-reference/responses/compact).
/// </summary>
internal sealed class OpenAIResponsesCompactionServed : IServed, IServedMemory, IServedReferences, IServedFiles
{
    public IClientFamily Family => OpenAIClients.Instance;

    public string ContentField => "input";

    public GatewayError? CheckMediaType(string mediaType) => JsonMediaType.Check(mediaType);

    public RequestFacts Read(ClientRequest request)
    {
        OpenAIResponsesLimits.Check(request.Json);
        return new RequestFacts(Operation.Compaction, JsonBody.Model(request.Json), Stream: false, AnswerFormat.Json);
    }

    public string? Previous(ClientRequest request) => OpenAIResponsesContinuation.IdOf(request.Json);

    public void Continue(ClientRequest request, KeptAnswer previous, PooledBuffer output) =>
        OpenAIResponsesContinuation.Write(request.Json, previous, output);

    public IReadOnlyList<AccountReference> References(ClientRequest request) =>
        OpenAIResponsesReferences.In(request.Json);
    public IReadOnlyList<AccountReference> Files(ClientRequest request) => OpenAIFiles.Named.In(request.Json);

    public GatewayError NotFound(string id) => OpenAIResponsesErrors.NotFound(id);

    public void EncodeStreamError(
        ClientRequest request, GatewayError error, AnswerContext context, IBufferWriter<byte> output) =>
        OpenAIResponsesErrors.WriteEvent(error, sequence: 0, output);
}
