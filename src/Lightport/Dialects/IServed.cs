using System.Buffers;
using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>An operation that clients may ask for in this dialect.</summary>
public interface IServed
{
    /// <summary>Whose clients say it: their errors and model lists.</summary>
    IClientFamily Family { get; }

    /// <summary>
    /// The body's field that holds what is said, be it ever so long: where bytes pass it is never made objects of. Null
    /// where no field stands out.
    /// </summary>
    string? ContentField => null;

    /// <summary>Null where a body of this media type may be read; else a 415 that says what would be right.</summary>
    GatewayError? CheckMediaType(string mediaType);

    /// <summary>Reads what is asked, from the path, the query, the headers or the body.</summary>
    /// <exception cref="GatewayException">The request does not say it, or not soundly; the error names the
    /// field.</exception>
    RequestFacts Read(ClientRequest request);

    /// <summary>
    /// What of a model the request needs, read off its bytes: no object is made of what may be very long.
    /// </summary>
    RequestNeeds Needs(ClientRequest request) => default;

    /// <summary>What the request says of how much its answer can be, read off its bytes.</summary>
    RequestBounds Bounds(ClientRequest request) => default;

    /// <summary>Whose state of earlier thinking the request brings back, read off its bytes.</summary>
    RequestStates States(ClientRequest request) => RequestStates.None;

    /// <summary>
    /// The request names MCP servers, or brings back what a client was told of their tools, as far as its bytes show:
    /// it may say yes too often, and never no too often.
    /// </summary>
    bool NamesToolsets(ClientRequest request) => false;

    /// <summary>Ends an answer that has begun on the wire, but said nothing yet, in an error.</summary>
    /// <param name="request">What was asked, as it may say how the answer is framed.</param>
    /// <param name="context">What an encoder of the answer would have known.</param>
    void EncodeStreamError(
        ClientRequest request, GatewayError error, AnswerContext context, IBufferWriter<byte> output);
}
