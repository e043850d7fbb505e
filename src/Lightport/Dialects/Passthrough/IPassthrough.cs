using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects.Passthrough;

/// <summary>
/// A dialect whose requests and answers can be handed on as they are, because client and provider both speak it. Bodies
/// are not re-modelled: what must change is patched, what must be known is read off the side.
/// </summary>
public interface IPassthrough
{
    string Dialect { get; }

    /// <summary>Headers that every call of this dialect needs, unless the client sent its own.</summary>
    IReadOnlyDictionary<string, string> DefaultHeaders { get; }

    /// <summary>Whether the client wants usage at the end of a stream.</summary>
    bool AsksForUsage(JsonEnvelope request);

    /// <summary>
    /// Patches what the dialect itself needs (usage in a stream), and takes out of the history what the provider does
    /// not know: the gateway's own marks, another's thinking. Model and parameter rules come after.
    /// </summary>
    void PatchRequest(JsonEnvelope request, PassthroughOptions options, BodyPatch patch);

    /// <summary>Reads a whole answer; for a loosely spoken wire it may also mend it.</summary>
    PassthroughBody ReadBody(ReadOnlyMemory<byte> body, PassthroughOptions options);

    /// <summary>Follows one streamed answer.</summary>
    IAnswerRelay CreateRelay(PassthroughOptions options);

    /// <summary>Reads the body of a failed call (status 400 and up). Never throws; the body may be anything.</summary>
    GatewayError ReadError(int status, ReadOnlySpan<byte> body);
}
