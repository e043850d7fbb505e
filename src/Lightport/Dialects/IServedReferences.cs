using Lightport.Conversation;

namespace Lightport.Dialects;

/// <summary>A served operation whose requests may name what a provider's account keeps.</summary>
public interface IServedReferences
{
    /// <summary>All that a request names there, each id once.</summary>
    /// <exception cref="GatewayException">They are more than any conversation has.</exception>
    IReadOnlyList<AccountReference> References(ClientRequest request);

    /// <summary>
    /// What is told where the request's model does not lead to the account that keeps what it names, for clients that
    /// recover from it by themselves; null for the gateway's own error.
    /// </summary>
    GatewayError? KeptElsewhere => null;
}
