using System.Buffers;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Messages as clients ask for them.</summary>
internal sealed class AnthropicMessagesServed
    : IServedConversation, IServedReferences, IServedFiles, IServedComparison
{
    public IClientFamily Family => AnthropicClients.Instance;

    public string ContentField => "messages";

    public bool ShowsRuns => true;

    public Operation AskedAs => Operation.Chat;

    public GatewayError? CheckMediaType(string mediaType) => JsonMediaType.Check(mediaType);

    public RequestFacts Read(ClientRequest request)
    {
        JsonEnvelope body = request.Json;
        JsonBody.CheckTurns(body, ContentField);
        return JsonBody.Facts(body, Operation.Chat);
    }

    public RequestNeeds Needs(ClientRequest request) => AnthropicMessagesNeeds.Of(request.Json);

    public RequestBounds Bounds(ClientRequest request) => AnthropicMessagesBounds.Of(request.Json);

    public RequestStates States(ClientRequest request) => AnthropicMessagesStates.Of(request.Json);

    public bool NamesToolsets(ClientRequest request) => AnthropicMessagesToolsets.AreNamedIn(request.Json);

    public ModelRequest Decode(ClientRequest request, CancellationToken cancellationToken) =>
        AnthropicMessagesRequestDecoder.Decode(request.Json, cancellationToken, seal: request.Seal);

    public IAnswerEncoder CreateEncoder(ClientRequest request, ModelRequest? conversation, AnswerContext context)
    {
        AnswerContext known = conversation is ChatRequest chat
            ? context.For(chat)
            : context with { IncludeUsage = true };
        known = request.Seal is null ? known : known with { Seal = request.Seal };
        return context.Stream
            ? new AnthropicMessagesStreamEncoder(known)
            : new WholeAnswerEncoder(
                (response, output) => AnthropicMessagesResponseEncoder.Encode(response, known, output),
                (error, output) => AnthropicMessagesErrors.Write(output, error, known.RequestId));
    }

    public IReadOnlyList<AccountReference> References(ClientRequest request) =>
        AnthropicMessagesThread.References(request.Json);

    public GatewayError? KeptElsewhere => AnthropicMessagesThread.NotFound;

    public string ComparedField => AnthropicMessagesDiagnostics.Compared.Path;

    public IReadOnlyList<string> ComparedIn(ClientRequest request) =>
        AnthropicMessagesDiagnostics.Compared.In(request.Json);

    public void WriteUncompared(ClientRequest request, PooledBuffer output) =>
        AnthropicMessagesDiagnostics.Compared.WriteWithout(request.Json, output);

    public IReadOnlyList<AccountReference> Files(ClientRequest request) => AnthropicFiles.Named.In(request.Json);

    public void EncodeStreamError(
        ClientRequest request, GatewayError error, AnswerContext context, IBufferWriter<byte> output) =>
        AnthropicMessagesErrors.WriteFrame(error, output);
}
