using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// An answer that its provider keeps, asked for again, looked into, cancelled or removed. All that is asked stands in
/// the address (https://platform.openai.com/docs/api-reference/responses/get).
/// </summary>
internal sealed class OpenAIResponsesKeptServed : IServedKept
{
    public IClientFamily Family => OpenAIClients.Instance;

    public bool AreAtAccounts => true;

    public GatewayError? CheckMediaType(string mediaType) => null;

    public RequestFacts Read(ClientRequest request)
    {
        bool stream = request.Query("stream") is "true";
        return new RequestFacts(Operation.KeptAnswer, "", stream, stream ? AnswerFormat.Events : AnswerFormat.Json);
    }

    public bool IsOwn(string id) => id.StartsWith(OpenAIResponsesSnapshot.IdPrefix, StringComparison.Ordinal);

    public GatewayError NotFound(string id) =>
        new(ErrorStage.Request, ErrorKind.NotFound, 404, $"Response with id '{ShortText.Of(id)}' not found.");

    public void WriteRemoved(string id, Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, id);
        writer.WriteString("object"u8, "response"u8);
        writer.WriteBoolean("deleted"u8, true);
        writer.WriteEndObject();
    }

    public void EncodeStreamError(
        ClientRequest request, GatewayError error, AnswerContext context, IBufferWriter<byte> output) =>
        OpenAIResponsesErrors.WriteEvent(error, sequence: 0, output);
}
