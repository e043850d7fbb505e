using System.Buffers;
using Lightport.Conversation;

namespace Lightport.Dialects.Anthropic.Messages;

/// <summary>Anthropic Messages (https://platform.claude.com/docs/en/api/messages), spoken and served.</summary>
public sealed class AnthropicMessagesDialect : IDialect, IServedDialect
{
    public string Id => DialectIds.AnthropicMessages;

    public ChatRequest DecodeRequest(ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default) =>
        AnthropicMessagesRequestDecoder.Decode(body, cancellationToken);

    public void EncodeRequest(ChatRequest request, EncodingContext context, IBufferWriter<byte> output) =>
        AnthropicMessagesRequestEncoder.Encode(request, context, output);

    public ChatResponse DecodeResponse(ReadOnlyMemory<byte> body) => AnthropicMessagesResponseDecoder.Decode(body);

    public void EncodeResponse(ChatResponse response, ResponseContext context, IBufferWriter<byte> output) =>
        AnthropicMessagesResponseEncoder.Encode(response, context, output);

    public IStreamDecoder CreateStreamDecoder() => new AnthropicMessagesStreamDecoder();

    public IStreamEncoder CreateStreamEncoder(ResponseContext context) => new AnthropicMessagesStreamEncoder(context);

    public void EncodeError(GatewayError error, string requestId, IBufferWriter<byte> output) =>
        AnthropicMessagesErrors.Write(output, error, requestId);
}
