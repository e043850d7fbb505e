using System.Buffers;
using Lightport.Conversation;
using Lightport.Dialects.OpenAI.Chat;

namespace Lightport.Dialects.OpenAI.Completions;

/// <summary>
/// OpenAI's text completions of old (https://platform.openai.com/docs/api-reference/completions), served: where the
/// provider has none, the prompt is asked as a chat of one turn.
/// </summary>
public sealed class OpenAICompletionsDialect : IServedDialect
{
    public string Id => DialectIds.OpenAICompletions;

    public ChatRequest DecodeRequest(ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default) =>
        OpenAICompletionsRequestDecoder.Decode(body, cancellationToken);

    public void EncodeResponse(ChatResponse response, ResponseContext context, IBufferWriter<byte> output) =>
        OpenAICompletionsResponseEncoder.Encode(response, context, output);

    public IStreamEncoder CreateStreamEncoder(ResponseContext context) => new OpenAICompletionsStreamEncoder(context);

    public void EncodeError(GatewayError error, string requestId, IBufferWriter<byte> output) =>
        OpenAIChatErrors.Encode(error, output);
}
