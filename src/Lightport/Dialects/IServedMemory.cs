using Lightport.Conversation;
using Lightport.Transport.Body;

namespace Lightport.Dialects;

/// <summary>A served operation that goes on from answers that were kept.</summary>
public interface IServedMemory
{
    /// <summary>The kept answer that a request goes on from; null where it names none of the gateway's.</summary>
    /// <exception cref="GatewayException">The field is malformed.</exception>
    string? Previous(ClientRequest request);

    /// <summary>Writes the request's body as if its client had sent the whole conversation.</summary>
    void Continue(ClientRequest request, KeptAnswer previous, PooledBuffer output);

    /// <summary>There is no such answer, or not for this client.</summary>
    GatewayError NotFound(string id);
}
