using System.Buffers;
using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>A dialect that clients may speak to the gateway.</summary>
public interface IServedDialect
{
    string Id { get; }

    /// <summary>Reads a request body.</summary>
    /// <exception cref="GatewayException">
    /// It is malformed, or holds too many pieces; the error names the field.
    /// </exception>
    /// <exception cref="OperationCanceledException">The client has gone meanwhile.</exception>
    ChatRequest DecodeRequest(ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default);

    void EncodeResponse(ChatResponse response, ResponseContext context, IBufferWriter<byte> output);

    /// <summary>An encoder for one streamed answer.</summary>
    IStreamEncoder CreateStreamEncoder(ResponseContext context);

    /// <summary>Writes an error body as this dialect's clients read it.</summary>
    void EncodeError(GatewayError error, string requestId, IBufferWriter<byte> output);
}
