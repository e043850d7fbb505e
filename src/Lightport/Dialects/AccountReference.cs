using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>An id in a request that names what a provider's account keeps.</summary>
/// <param name="Id">As the client said it.</param>
/// <param name="NotFound">
/// What is told where this client has no such thing there, be it another's or nobody's.
/// </param>
public sealed record AccountReference(string Id, GatewayError NotFound)
{
    /// <summary>
    /// Clients put it there themselves, as a file, and whoever runs the gateway may have it shared among them.
    /// </summary>
    public bool MayBeShared { get; init; }
}
