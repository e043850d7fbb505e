using System.Buffers;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Dialects.Anthropic.Messages;
using Lightport.Dialects.Json;

namespace Lightport.Tests.Dialects.Anthropic.Messages;

internal sealed class MessagesCoders : ICoders
{
    public ChatRequest DecodeRequest(ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default) =>
        AnthropicMessagesRequestDecoder.Decode(JsonBody.Read(body), cancellationToken);

    public void EncodeRequest(ChatRequest request, EncodingContext context, IBufferWriter<byte> output) =>
        AnthropicMessagesRequestEncoder.Encode(request, context, output);

    public ChatResponse DecodeResponse(ReadOnlyMemory<byte> body) => AnthropicMessagesResponseDecoder.Decode(body);

    public void EncodeResponse(ChatResponse response, AnswerContext context, IBufferWriter<byte> output) =>
        AnthropicMessagesResponseEncoder.Encode(response, context, output);

    public IAnswerDecoder CreateStreamDecoder() => new AnthropicMessagesStreamDecoder();

    public IAnswerEncoder CreateStreamEncoder(AnswerContext context) => new AnthropicMessagesStreamEncoder(context);

    public void EncodeError(GatewayError error, string requestId, IBufferWriter<byte> output) =>
        AnthropicMessagesErrors.Write(output, error, requestId);
}
