using System.Buffers;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Dialects.OpenAI.Chat;

namespace Lightport.Dialects.OpenAI.Completions;

/// <summary>Completions as clients ask for them.</summary>
internal sealed class OpenAICompletionsServed : IServedConversation
{
    public IClientFamily Family => OpenAIClients.Instance;

    public string ContentField => "prompt";

    public Operation AskedAs => Operation.Chat;

    public GatewayError? CheckMediaType(string mediaType) => JsonMediaType.Check(mediaType);

    public RequestFacts Read(ClientRequest request) => JsonBody.Facts(request, Operation.Completion);

    public RequestNeeds Needs(ClientRequest request) => new()
    {
        OutputTokens = NeedFields.Count(NeedFields.Value(request.Json, "max_tokens")),
    };

    public RequestBounds Bounds(ClientRequest request) => OpenAICompletionsBounds.Of(request.Json);

    public ModelRequest Decode(ClientRequest request, CancellationToken cancellationToken) =>
        OpenAICompletionsRequestDecoder.Decode(request.Json, JsonBody.Model(request), cancellationToken);

    public IAnswerEncoder CreateEncoder(ClientRequest request, ModelRequest? conversation, AnswerContext context)
    {
        AnswerContext known = conversation is ChatRequest chat
            ? context.For(chat)
            : context with { IncludeUsage = OpenAIChatPassed.WantsUsage(request.Json) };
        return context.Stream
            ? new OpenAICompletionsStreamEncoder(known)
            : new WholeAnswerEncoder(
                (response, output) => OpenAICompletionsResponseEncoder.Encode(response, known, output),
                OpenAIChatErrors.Encode);
    }

    public void EncodeStreamError(
        ClientRequest request, GatewayError error, AnswerContext context, IBufferWriter<byte> output) =>
        OpenAIChatErrors.WriteFrame(error, output);
}
