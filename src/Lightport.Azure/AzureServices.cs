using Azure.Core;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Lightport.Transport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Lightport.Azure;

/// <summary>Puts Azure's adapters behind the gateway's ports, where settings ask for them.</summary>
public static class AzureServices
{
    /// <summary>A vault's address (<c>https://contoso.vault.azure.net/</c>); empty for no vault.</summary>
    public const string VaultSetting = "KeyVault:Uri";

    /// <exception cref="InvalidOperationException">A setting is no address.</exception>
    public static IServiceCollection AddLightportAzure(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration[VaultSetting] is { Length: > 0 } text)
        {
            Uri vault = VaultAddress(text);
            services.TryAddSingleton<TokenCredential>(_ => new DefaultAzureCredential());
            services.Replace(ServiceDescriptor.Singleton<ISecretSource>(provider => new CachedSecretSource(
                new KeyVaultSecretSource(
                    new SecretClient(vault, provider.GetRequiredService<TokenCredential>(), CreateOptions())),
                provider.GetService<TimeProvider>() ?? TimeProvider.System)));
        }

        return services;
    }

    private static Uri VaultAddress(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? vault) && vault.Scheme == Uri.UriSchemeHttps
            ? vault
            : throw new InvalidOperationException(
                $"The setting {VaultSetting} is '{text}', which is no https address. "
                + "Set it to a vault's (https://contoso.vault.azure.net/), or remove it.");

    internal static SecretClientOptions CreateOptions()
    {
        var options = new SecretClientOptions();
        // A request waits for the first fetch, and CachedSecretSource gives up after 10 s: two short tries fit.
        options.Retry.MaxRetries = 1;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(1);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(4);
        return options;
    }
}
