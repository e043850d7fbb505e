using System.Buffers;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>Chat as clients ask for it.</summary>
internal sealed class OpenAIChatServed : IServedConversation, IServedFiles
{
    public IClientFamily Family => OpenAIClients.Instance;

    public string ContentField => "messages";

    public Operation AskedAs => Operation.Chat;

    public bool TellsRuns => true;

    public GatewayError? CheckMediaType(string mediaType) => JsonMediaType.Check(mediaType);

    public RequestFacts Read(ClientRequest request)
    {
        JsonBody.CheckTurns(request.Json, ContentField);
        return JsonBody.Facts(request, Operation.Chat);
    }

    public RequestNeeds Needs(ClientRequest request) => OpenAIChatNeeds.Of(request.Json);

    public RequestBounds Bounds(ClientRequest request) => OpenAIChatBounds.Of(request.Json);

    public RequestStates States(ClientRequest request) => OpenAIChatStates.Of(request.Json);

    public ModelRequest Decode(ClientRequest request, CancellationToken cancellationToken) =>
        OpenAIChatRequestDecoder.Decode(request.Json, JsonBody.Model(request), cancellationToken);

    public IAnswerEncoder CreateEncoder(ClientRequest request, ModelRequest? conversation, AnswerContext context)
    {
        AnswerContext known = conversation is ChatRequest chat
            ? context.For(chat)
            : context with { IncludeUsage = OpenAIChatPassed.WantsUsage(request.Json) };
        return context.Stream
            ? new OpenAIChatStreamEncoder(known)
            : new WholeAnswerEncoder(
                (response, output) => OpenAIChatResponseEncoder.Encode(response, known, output),
                OpenAIChatErrors.Encode);
    }
    public IReadOnlyList<AccountReference> Files(ClientRequest request) => OpenAIFiles.Named.In(request.Json);

    public void EncodeStreamError(
        ClientRequest request, GatewayError error, AnswerContext context, IBufferWriter<byte> output) =>
        OpenAIChatErrors.WriteFrame(error, output);
}
