using System.Buffers;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;
using Lightport.Transport.Framing;

namespace Lightport.Dialects.Google.Interactions;

/// <summary>
/// Interactions with a model, as clients ask for them, and go on from those that the gateway kept, or Google.
/// </summary>
internal sealed class GoogleInteractionsServed : IServedConversation, IServedMemory, IServedReferences, IServedFiles
{
    public IClientFamily Family => GoogleClients.Instance;

    public string ContentField => "input";

    public Operation AskedAs => Operation.Chat;

    public bool ShowsRuns => true;

    public GatewayError? CheckMediaType(string mediaType) => JsonMediaType.Check(mediaType);

    public RequestFacts Read(ClientRequest request)
    {
        JsonEnvelope body = request.Json;
        GoogleInteractionsRefusals.Check(body);
        RequestFacts facts = JsonBody.Facts(body, Operation.Chat);
        return facts with { Model = GoogleInteractionsRequestDecoder.ModelName(facts.Model) };
    }

    public RequestNeeds Needs(ClientRequest request) => GoogleInteractionsNeeds.Of(request.Json);

    public RequestStates States(ClientRequest request) => GoogleInteractionsStates.Of(request.Json);

    public RequestBounds Bounds(ClientRequest request) => GoogleInteractionsBounds.Of(request.Json);

    public bool NamesToolsets(ClientRequest request) => GoogleInteractionsToolsets.AreNamedIn(request.Json);

    public ModelRequest Decode(ClientRequest request, CancellationToken cancellationToken) =>
        GoogleInteractionsRequestDecoder.Decode(request.Json, cancellationToken, request.Seal);

    public IAnswerEncoder CreateEncoder(ClientRequest request, ModelRequest? conversation, AnswerContext context)
    {
        AnswerContext known = conversation is ChatRequest chat
            ? context.For(chat)
            : context with { IncludeUsage = true };
        known = request.Seal is null ? known : known with { Seal = request.Seal };
        var keeping = new GoogleInteractionsKeeping(known, request.Json);
        if (keeping.IsLost)
        {
            context.Losses.Add("store");
        }

        return context.Stream
            ? new GoogleInteractionsStreamEncoder(known, keeping)
            : new GoogleInteractionsWholeEncoder(known, keeping);
    }

    public string? Previous(ClientRequest request) => GoogleInteractionsContinuation.IdOf(request.Json);

    public void Continue(ClientRequest request, KeptAnswer previous, PooledBuffer output) =>
        GoogleInteractionsContinuation.Write(request.Json, previous, output);

    public GatewayError NotFound(string id) => GoogleInteractionsErrors.NotFound(id);

    public IReadOnlyList<AccountReference> References(ClientRequest request) =>
        GoogleInteractionsContinuation.References(request.Json);

    public IReadOnlyList<AccountReference> Files(ClientRequest request) => GoogleFiles.Named.In(request.Json);

    public void EncodeStreamError(
        ClientRequest request, GatewayError error, AnswerContext context, IBufferWriter<byte> output)
    {
        var frames = new SseFrameWriter();
        GoogleInteractionsEvents.WriteError(frames.Begin("error"u8, output), error);
        frames.End(output);
    }
}
