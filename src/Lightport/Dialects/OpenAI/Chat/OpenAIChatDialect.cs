using System.Buffers;
using Lightport.Conversation;

namespace Lightport.Dialects.OpenAI.Chat;

/// <summary>
/// OpenAI's chat completions (https://platform.openai.com/docs/api-reference/chat), served and spoken.
/// </summary>
public sealed class OpenAIChatDialect : IDialect, IServedDialect
{
    public string Id => DialectIds.OpenAIChat;

    public ChatRequest DecodeRequest(ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default) =>
        OpenAIChatRequestDecoder.Decode(body, cancellationToken);

    public void EncodeRequest(ChatRequest request, EncodingContext context, IBufferWriter<byte> output) =>
        OpenAIChatRequestEncoder.Encode(request, context, output);

    public ChatResponse DecodeResponse(ReadOnlyMemory<byte> body) => OpenAIChatResponseDecoder.Decode(body);

    public void EncodeResponse(ChatResponse response, ResponseContext context, IBufferWriter<byte> output) =>
        OpenAIChatResponseEncoder.Encode(response, context, output);

    public IStreamDecoder CreateStreamDecoder() => new OpenAIChatStreamDecoder();

    public IStreamEncoder CreateStreamEncoder(ResponseContext context) => new OpenAIChatStreamEncoder(context);

    public void EncodeError(GatewayError error, string requestId, IBufferWriter<byte> output) =>
        OpenAIChatErrors.Encode(error, output);
}
