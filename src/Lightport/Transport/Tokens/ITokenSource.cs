namespace Lightport.Transport.Tokens;

/// <summary>
/// Exchanges what an installation has for a token that a provider takes. A host registers it under the name that
/// catalog files call it by: <c>services.AddKeyedSingleton&lt;ITokenSource&gt;("entra", …)</c>.
/// </summary>
public interface ITokenSource
{
    /// <summary>Asks for a new token; whoever calls keeps it for as long as it lasts.</summary>
    /// <param name="credential">A secret's text; null for the identity that the gateway itself runs under.</param>
    /// <param name="scope">What the token is to open.</param>
    /// <exception cref="CredentialException">No token will ever come of this credential.</exception>
    /// <exception cref="SecretUnavailableException">None can be had just now.</exception>
    ValueTask<ProviderToken> GetAsync(string? credential, string scope, CancellationToken cancellationToken);
}
