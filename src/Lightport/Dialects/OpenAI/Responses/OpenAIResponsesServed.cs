using System.Buffers;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>Responses as clients ask for them.</summary>
internal sealed class OpenAIResponsesServed
    : IServedConversation, IServedMemory, IServedItems, IServedReferences, IServedFiles, IServedComparison
{
    public IClientFamily Family => OpenAIClients.Instance;

    public Operation AskedAs => Operation.Chat;

    public string ContentField => "input";

    public bool ShowsRuns => true;

    public bool AsksForApproval => true;

    public GatewayError? CheckMediaType(string mediaType) => JsonMediaType.Check(mediaType);

    public RequestFacts Read(ClientRequest request)
    {
        JsonEnvelope body = request.Json;
        OpenAIResponsesLimits.Check(body);
        return JsonBody.Facts(body, Operation.Chat);
    }

    public RequestNeeds Needs(ClientRequest request) => OpenAIResponsesNeeds.Of(request.Json);

    public RequestBounds Bounds(ClientRequest request) => OpenAIResponsesBounds.Of(request.Json);

    public RequestStates States(ClientRequest request) => OpenAIResponsesStates.Of(request.Json);

    public bool NamesToolsets(ClientRequest request) => OpenAIResponsesToolsets.AreNamedIn(request.Json);

    public ModelRequest Decode(ClientRequest request, CancellationToken cancellationToken) =>
        OpenAIResponsesRequestDecoder.Decode(request.Json, cancellationToken, request.Seal);

    public IAnswerEncoder CreateEncoder(ClientRequest request, ModelRequest? conversation, AnswerContext context)
    {
        context = request.Seal is null ? context : context with { Seal = request.Seal };
        var snapshot =
            new OpenAIResponsesSnapshot(context, new OpenAIResponsesEcho(request.Json, request.Continues));
        if (context.IsTooLongToKeep && snapshot.WantsToBeKept)
        {
            context.Losses.Add("store");
        }

        var tools = new OpenAIResponsesAnswerTools(conversation as ChatRequest);
        return context.Stream
            ? new OpenAIResponsesStreamEncoder(context, snapshot, tools)
            : new OpenAIResponsesWholeEncoder(context, snapshot, tools);
    }

    public string? Previous(ClientRequest request) => OpenAIResponsesContinuation.IdOf(request.Json);

    public void Continue(ClientRequest request, KeptAnswer previous, PooledBuffer output) =>
        OpenAIResponsesContinuation.Write(request.Json, previous, output);

    public KeptItem? LastNamed(ClientRequest request) => OpenAIResponsesKeptItems.LastNamed(request.Json);

    public void Say(ClientRequest request, KeptAnswer answer, PooledBuffer output) =>
        OpenAIResponsesKeptItems.Write(request.Json, answer, output);

    public IReadOnlyList<AccountReference> References(ClientRequest request) =>
        OpenAIResponsesReferences.In(request.Json);

    public string ComparedField => OpenAIResponsesDiagnostics.Compared.Path;

    public IReadOnlyList<string> ComparedIn(ClientRequest request) =>
        OpenAIResponsesDiagnostics.Compared.In(request.Json);

    public void WriteUncompared(ClientRequest request, PooledBuffer output) =>
        OpenAIResponsesDiagnostics.Compared.WriteWithout(request.Json, output);

    public IReadOnlyList<AccountReference> Files(ClientRequest request) => OpenAIFiles.Named.In(request.Json);

    public GatewayError NotFound(string id) => OpenAIResponsesErrors.NotFound(id);

    /// <summary>An answer that began and failed: clients that gather its events know nothing else.</summary>
    public void EncodeStreamError(
        ClientRequest request, GatewayError error, AnswerContext context, IBufferWriter<byte> output) =>
        CreateEncoder(request, conversation: null, context).Encode(new StreamEvent.Failed(error), output);
}
