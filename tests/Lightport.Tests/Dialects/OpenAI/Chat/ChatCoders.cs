using System.Buffers;
using Lightport.Conversation;
using Lightport.Dialects;
using Lightport.Dialects.Json;
using Lightport.Dialects.OpenAI.Chat;
using Lightport.Transport.Body;

namespace Lightport.Tests.Dialects.OpenAI.Chat;

internal sealed class ChatCoders : ICoders
{
    public ChatRequest DecodeRequest(ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        JsonEnvelope envelope = JsonBody.Read(body);
        return OpenAIChatRequestDecoder.Decode(envelope, JsonBody.Model(envelope), cancellationToken);
    }

    public void EncodeRequest(ChatRequest request, EncodingContext context, IBufferWriter<byte> output) =>
        OpenAIChatRequestEncoder.Encode(request, context, output);

    public ChatResponse DecodeResponse(ReadOnlyMemory<byte> body) => OpenAIChatResponseDecoder.Decode(body);

    public void EncodeResponse(ChatResponse response, AnswerContext context, IBufferWriter<byte> output) =>
        OpenAIChatResponseEncoder.Encode(response, context, output);

    public IAnswerDecoder CreateStreamDecoder() => new OpenAIChatStreamDecoder();

    public IAnswerEncoder CreateStreamEncoder(AnswerContext context) => new OpenAIChatStreamEncoder(context);

    public void EncodeError(GatewayError error, string requestId, IBufferWriter<byte> output) =>
        OpenAIChatErrors.Encode(error, output);
}
