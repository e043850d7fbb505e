using Azure;
using Azure.Identity;

namespace Lightport.Azure;

/// <summary>Says why a vault gave no secret, and what to do; from the status alone, never from a body.</summary>
internal static class KeyVaultAdvice
{
    public static string For(string secret, Uri vault, Exception e) =>
        $"The secret '{secret}' could not be read from {vault.Host}: {Reason(e)}";

    private static string Reason(Exception e) => e switch
    {
        AuthenticationFailedException =>
            "no identity to sign in with. Give the app a managed identity, or sign in (az login).",
        RequestFailedException { Status: 401 } =>
            "the vault does not know the identity's tenant (401). Use an identity of the vault's own tenant.",
        RequestFailedException { Status: 403 } =>
            "refused (403). Enable the secret if it is disabled, give the identity the role Key Vault Secrets User, "
            + "and see that the vault's firewall lets the app in.",
        RequestFailedException { Status: 429 } => "the vault is throttling (429). It will be asked again shortly.",
        RequestFailedException { Status: >= 500 and var status } =>
            $"the vault failed ({status}). It will be asked again shortly.",
        RequestFailedException { Status: > 0 and var status } =>
            $"the vault answered {status}. See that KeyVault:Uri is a vault's address and the name a valid one.",
        RequestFailedException or AggregateException or OperationCanceledException =>
            "the vault could not be reached. See that KeyVault:Uri is right and the network leads there.",
        _ => $"its answer cannot be understood ({e.GetType().Name}). See that KeyVault:Uri is a vault's address.",
    };
}
