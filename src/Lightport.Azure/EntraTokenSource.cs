using Azure;
using Azure.Core;
using Azure.Identity;
using Lightport.Transport;
using Lightport.Transport.Tokens;

namespace Lightport.Azure;

/// <summary>
/// Tokens of Microsoft Entra ID for the identity that the gateway runs under: the app's managed identity on Azure, the
/// developer's own on a laptop.
/// </summary>
/// <seealso href="https://learn.microsoft.com/azure/foundry/openai/how-to/managed-identity"/>
internal sealed class EntraTokenSource(TokenCredential identity) : ITokenSource
{
    /// <summary>What catalog files and <c>lightport.yaml</c> call it.</summary>
    public const string Name = "entra";

    public async ValueTask<ProviderToken> GetAsync(
        string? credential, string scope, CancellationToken cancellationToken)
    {
        try
        {
            AccessToken token = await identity
                .GetTokenAsync(new TokenRequestContext([scope]), cancellationToken)
                .ConfigureAwait(false);
            return new ProviderToken(token.Token, token.ExpiresOn) { RefreshAt = token.RefreshOn };
        }
        catch (Exception e) when (e is AuthenticationFailedException or RequestFailedException)
        {
            throw new SecretUnavailableException(
                $"Entra gave no token for {scope}. Give the app a managed identity (AZURE_CLIENT_ID names which, where "
                + "it has several), or sign in (az login).",
                e);
        }
    }
}
