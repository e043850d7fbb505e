using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>
/// An operation that is handed on as it is, because client and provider both say it in this dialect. Bodies are not
/// re-modelled: what must change is patched, what must be known is read off the side.
/// </summary>
public interface IPassed
{
    /// <summary>Writes the provider's request out of the client's own bytes.</summary>
    /// <exception cref="GatewayException">The request holds what the target cannot carry and may not lose.</exception>
    Call Write(ClientRequest request, CallContext context);
}
