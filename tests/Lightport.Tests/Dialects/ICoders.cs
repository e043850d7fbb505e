using System.Buffers;
using Lightport.Conversation;
using Lightport.Dialects;

namespace Lightport.Tests.Dialects;

/// <summary>A dialect's coders by themselves, without a gateway around them.</summary>
internal interface ICoders
{
    ChatRequest DecodeRequest(ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default);

    void EncodeRequest(ChatRequest request, EncodingContext context, IBufferWriter<byte> output);

    ChatResponse DecodeResponse(ReadOnlyMemory<byte> body);

    void EncodeResponse(ChatResponse response, AnswerContext context, IBufferWriter<byte> output);

    IAnswerDecoder CreateStreamDecoder();

    IAnswerEncoder CreateStreamEncoder(AnswerContext context);

    void EncodeError(GatewayError error, string requestId, IBufferWriter<byte> output);
}
