using Lightport.Conversation;
using Lightport.Providers;
using Lightport.Transport.Signing;
using Lightport.Transport.Tokens;

namespace Lightport.Exchanges;

/// <summary>Finds what shows a provider its key, among the gateway's own ways and the host's.</summary>
/// <param name="find">The host's signer of a name; null where it has none.</param>
/// <param name="findTokens">The source of tokens of a name; null where the host has none.</param>
internal sealed class Signers(Func<string, IRequestSigner?> find, Func<string, ITokenSource?> findTokens)
{
    /// <returns>Null where the provider wants no key.</returns>
    /// <exception cref="GatewayException">The provider's file names a signer that the host does not have.</exception>
    public IRequestSigner? For(ProviderAuthentication authentication, string provider) => authentication.Scheme switch
    {
        AuthenticationScheme.Bearer or AuthenticationScheme.Token => HeaderSigner.Bearer,
        AuthenticationScheme.Header => new HeaderSigner(authentication.Name!, authentication.Prefix),
        AuthenticationScheme.Query => new QuerySigner(authentication.Name!),
        AuthenticationScheme.Signer => find(authentication.Name!)
            ?? throw new GatewayException(AttemptErrors.MissingSigner(provider, authentication.Name!)),
        _ => null,
    };

    /// <returns>Null where the provider is shown the key itself.</returns>
    /// <exception cref="GatewayException">The host has no source of such tokens.</exception>
    public TokenScheme? TokenOf(ProviderAuthentication authentication, string provider) =>
        authentication is { Scheme: AuthenticationScheme.Token, Name: { } name, Scope: { } scope }
            ? new TokenScheme(
                name,
                findTokens(name) ?? throw new GatewayException(AttemptErrors.MissingTokenSource(provider, name)),
                scope)
            : null;
}
