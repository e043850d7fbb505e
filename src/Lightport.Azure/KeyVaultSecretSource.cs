using Azure;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Lightport.Transport;

namespace Lightport.Azure;

/// <summary>Secrets by name from Azure Key Vault; each call asks the vault.</summary>
/// <seealso href="https://learn.microsoft.com/rest/api/keyvault/secrets/get-secret/get-secret"/>
public sealed class KeyVaultSecretSource(SecretClient client) : ISecretSource
{
    public async ValueTask<string?> GetAsync(string name, CancellationToken cancellationToken)
    {
        string secret = VaultSecretName.For(name);
        try
        {
            Response<KeyVaultSecret> found = await client.GetSecretAsync(secret, cancellationToken: cancellationToken)
                .ConfigureAwait(false);
            return found.Value.Value;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e)
        {
            // Of failures that may quote an answer's body only the advice goes on: the body holds the value.
            bool known = e is RequestFailedException or AuthenticationFailedException;
            throw new SecretUnavailableException(KeyVaultAdvice.For(secret, client.VaultUri, e), known ? e : null);
        }
    }

    /// <summary>Nothing is kept here that could be dropped.</summary>
    public void Invalidate(string name)
    {
    }
}
