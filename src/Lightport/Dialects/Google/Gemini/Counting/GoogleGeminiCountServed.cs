using System.Buffers;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;

namespace Lightport.Dialects.Google.Gemini;

/// <summary>
/// Counts as clients ask for them (https://ai.google.dev/api/tokens): contents, or a whole request in a field of its
/// own.
/// </summary>
internal sealed class GoogleGeminiCountServed : IServedConversation
{
    public IClientFamily Family => GoogleClients.Instance;

    public Operation AskedAs => Operation.TokenCount;

    public GatewayError? CheckMediaType(string mediaType) => JsonMediaType.Check(mediaType);

    public RequestFacts Read(ClientRequest request)
    {
        GoogleGeminiContents.Check(request.Json, "contents", "generateContentRequest", "generate_content_request");
        return new RequestFacts(
            Operation.TokenCount, GoogleGeminiModelName.Of(request), Stream: false, AnswerFormat.Json);
    }

    public ModelRequest Decode(ClientRequest request, CancellationToken cancellationToken) =>
        GoogleGeminiRequestDecoder.DecodeCounted(request.Json, GoogleGeminiModelName.Of(request), cancellationToken);

    public IAnswerEncoder CreateEncoder(ClientRequest request, ModelRequest? conversation, AnswerContext context) =>
        new WholeAnswerEncoder(Write, (error, output) => GoogleErrors.Write(output, error, context.RequestId));

    public void EncodeStreamError(
        ClientRequest request, GatewayError error, AnswerContext context, IBufferWriter<byte> output) =>
        GoogleErrors.Write(output, error, context.RequestId);

    private static void Write(ChatResponse count, IBufferWriter<byte> output)
    {
        using var writer = new Utf8JsonWriter(output, JsonSettings.Writing);
        writer.WriteStartObject();
        writer.WriteNumber("totalTokens"u8, count.Usage?.Prompt ?? 0);
        writer.WriteEndObject();
    }
}
