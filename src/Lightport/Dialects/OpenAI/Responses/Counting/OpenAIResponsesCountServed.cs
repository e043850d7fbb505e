using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Dialects.OpenAI.Chat;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>
/// Counts as clients ask for them (https://platform.openai.com/docs/api-reference/responses/input-tokens).
/// </summary>
internal sealed class OpenAIResponsesCountServed
    : IServedConversation, IServedMemory, IServedItems, IServedReferences, IServedFiles
{
    public IClientFamily Family => OpenAIClients.Instance;

    public string ContentField => "input";

    public Operation AskedAs => Operation.TokenCount;

    public GatewayError? CheckMediaType(string mediaType) => JsonMediaType.Check(mediaType);

    public RequestFacts Read(ClientRequest request)
    {
        OpenAIResponsesLimits.Check(request.Json);
        return new RequestFacts(Operation.TokenCount, JsonBody.Model(request.Json), Stream: false, AnswerFormat.Json);
    }

    public bool ShowsRuns => true;

    public bool AsksForApproval => true;

    public bool NamesToolsets(ClientRequest request) => OpenAIResponsesToolsets.AreNamedIn(request.Json);

    public RequestNeeds Needs(ClientRequest request) => OpenAIResponsesNeeds.Of(request.Json);

    public ModelRequest Decode(ClientRequest request, CancellationToken cancellationToken) =>
        OpenAIResponsesRequestDecoder.Decode(request.Json, cancellationToken, request.Seal);

    public IAnswerEncoder CreateEncoder(ClientRequest request, ModelRequest? conversation, AnswerContext context) =>
        new WholeAnswerEncoder(Write, OpenAIChatErrors.Encode);

    public string? Previous(ClientRequest request) => OpenAIResponsesContinuation.IdOf(request.Json);

    public void Continue(ClientRequest request, KeptAnswer previous, PooledBuffer output) =>
        OpenAIResponsesContinuation.Write(request.Json, previous, output);

    public KeptItem? LastNamed(ClientRequest request) => OpenAIResponsesKeptItems.LastNamed(request.Json);

    public void Say(ClientRequest request, KeptAnswer answer, PooledBuffer output) =>
        OpenAIResponsesKeptItems.Write(request.Json, answer, output);

    public IReadOnlyList<AccountReference> References(ClientRequest request) =>
        OpenAIResponsesReferences.In(request.Json);
    public IReadOnlyList<AccountReference> Files(ClientRequest request) => OpenAIFiles.Named.In(request.Json);

    public GatewayError NotFound(string id) => OpenAIResponsesErrors.NotFound(id);

    public void EncodeStreamError(
        ClientRequest request, GatewayError error, AnswerContext context, IBufferWriter<byte> output) =>
        OpenAIResponsesErrors.WriteEvent(error, sequence: 0, output);

    private static void Write(ChatResponse count, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, JsonSettings.Writing);
        writer.WriteStartObject();
        writer.WriteString("object"u8, "response.input_tokens"u8);
        writer.WriteNumber(OpenAIResponsesWire.CountField, count.Usage?.Prompt ?? 0);
        writer.WriteEndObject();
    }
}
