using System.Buffers;
using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>
/// A dialect that the gateway speaks to a provider. Coders do no I/O and keep no state between calls.
/// </summary>
public interface IDialect
{
    /// <summary>One of <see cref="DialectIds"/>.</summary>
    string Id { get; }

    /// <summary>Writes the provider's request body; headers and losses go into <paramref name="context"/>.</summary>
    /// <exception cref="GatewayException">The request holds what this dialect cannot say and may not drop.</exception>
    void EncodeRequest(ChatRequest request, EncodingContext context, IBufferWriter<byte> output);

    /// <summary>Reads a whole answer.</summary>
    /// <exception cref="GatewayException">It is no answer of this dialect, or an error inside a success.</exception>
    ChatResponse DecodeResponse(ReadOnlyMemory<byte> body);

    /// <summary>A decoder for one streamed answer.</summary>
    IStreamDecoder CreateStreamDecoder();
}
