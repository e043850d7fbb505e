using Lightport.Conversation;
using Lightport.Providers;
using Lightport.Transport.Signing;

namespace Lightport.Exchanges;

/// <summary>Finds what shows a provider its key, among the gateway's own ways and the host's.</summary>
/// <param name="find">The host's signer of a name; null where it has none.</param>
internal sealed class Signers(Func<string, IRequestSigner?> find)
{
    /// <returns>Null where the provider wants no key.</returns>
    /// <exception cref="GatewayException">The provider's file names a signer that the host does not have.</exception>
    public IRequestSigner? For(ProviderAuthentication authentication, string provider) => authentication.Scheme switch
    {
        AuthenticationScheme.Bearer => HeaderSigner.Bearer,
        AuthenticationScheme.Header => new HeaderSigner(authentication.Name!, authentication.Prefix),
        AuthenticationScheme.Query => new QuerySigner(authentication.Name!),
        AuthenticationScheme.Signer => find(authentication.Name!)
            ?? throw new GatewayException(AttemptErrors.MissingSigner(provider, authentication.Name!)),
        _ => null,
    };
}
