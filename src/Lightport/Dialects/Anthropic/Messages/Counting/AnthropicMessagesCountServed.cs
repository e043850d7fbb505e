using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>
/// Counts as clients ask for them (https://platform.claude.com/docs/en/build-with-claude/token-counting): a message
/// without its limit.
/// </summary>
internal sealed class AnthropicMessagesCountServed : IServedConversation, IServedFiles
{
    public IClientFamily Family => AnthropicClients.Instance;

    public string ContentField => "messages";

    public Operation AskedAs => Operation.TokenCount;

    public GatewayError? CheckMediaType(string mediaType) => JsonMediaType.Check(mediaType);

    public RequestFacts Read(ClientRequest request)
    {
        JsonEnvelope body = request.Json;
        JsonBody.CheckTurns(body, ContentField);
        return new RequestFacts(Operation.TokenCount, JsonBody.Model(body), Stream: false, AnswerFormat.Json);
    }

    public bool ShowsRuns => true;

    public bool NamesToolsets(ClientRequest request) => AnthropicMessagesToolsets.AreNamedIn(request.Json);

    public RequestNeeds Needs(ClientRequest request) => AnthropicMessagesNeeds.Of(request.Json);

    public ModelRequest Decode(ClientRequest request, CancellationToken cancellationToken) =>
        AnthropicMessagesRequestDecoder.Decode(request.Json, cancellationToken, isCounted: true, request.Seal);

    public IAnswerEncoder CreateEncoder(ClientRequest request, ModelRequest? conversation, AnswerContext context) =>
        new WholeAnswerEncoder(
            Write, (error, output) => AnthropicMessagesErrors.Write(output, error, context.RequestId));
    public IReadOnlyList<AccountReference> Files(ClientRequest request) => AnthropicFiles.Named.In(request.Json);

    public void EncodeStreamError(
        ClientRequest request, GatewayError error, AnswerContext context, IBufferWriter<byte> output) =>
        AnthropicMessagesErrors.WriteFrame(error, output);

    private static void Write(ChatResponse count, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, JsonSettings.Writing);
        writer.WriteStartObject();
        writer.WriteNumber(AnthropicMessagesWire.CountField, count.Usage?.Prompt ?? 0);
        writer.WriteEndObject();
    }
}
