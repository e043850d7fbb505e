using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Lightport.Azure.Blobs;
using Lightport.Azure.Tables;
using Lightport.Storage;
using Lightport.Transport;
using Lightport.Transport.Tokens;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lightport.Azure;

/// <summary>Puts Azure's adapters behind the gateway's ports, where settings ask for them.</summary>
public static class AzureServices
{
    /// <summary>A vault's address (<c>https://contoso.vault.azure.net/</c>); empty for no vault.</summary>
    public const string VaultSetting = "KeyVault:Uri";

    /// <summary>A table service's address (<c>https://contoso.table.core.windows.net/</c>); empty for none.</summary>
    public const string TablesSetting = "Tables:Uri";

    /// <summary>In its place a connection string, for the emulator: <c>UseDevelopmentStorage=true</c>.</summary>
    public const string TablesConnectionStringSetting = "Tables:ConnectionString";

    /// <summary>A blob service's address (<c>https://contoso.blob.core.windows.net/</c>) for the audit; empty for none.
    /// </summary>
    public const string BlobsSetting = "Blobs:Uri";

    /// <exception cref="InvalidOperationException">A setting is no address, or two contradict each other.</exception>
    public static IServiceCollection AddLightportAzure(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton<TokenCredential>(_ => new DefaultAzureCredential());
        services.TryAddKeyedSingleton<ITokenSource>(
            EntraTokenSource.Name,
            (provider, _) => new EntraTokenSource(provider.GetRequiredService<TokenCredential>()));
        if (configuration[VaultSetting] is { Length: > 0 } text)
        {
            Uri vault = Address(VaultSetting, text, "a vault's (https://contoso.vault.azure.net/)");
            services.Replace(ServiceDescriptor.Singleton<ISecretSource>(provider => new CachedSecretSource(
                new KeyVaultSecretSource(
                    new SecretClient(vault, provider.GetRequiredService<TokenCredential>(), CreateOptions())),
                Time(provider))));
        }

        if (configuration[BlobsSetting] is { Length: > 0 } blobs)
        {
            Uri service = Address(BlobsSetting, blobs, "a blob service's (https://contoso.blob.core.windows.net/)");
            services.TryAddSingleton<IAppendBlobs>(
                provider => new AppendBlobs(service, provider.GetRequiredService<TokenCredential>()));
        }

        if (TableClients.From(configuration) is { } createClient)
        {
            services.TryAddSingleton(createClient);
            services.AddSharedStores(
                provider => new TableConfigurationVersions(
                    Client(provider), Time(provider), Logger<TableConfigurationVersions>(provider)),
                provider => new TableClientKeyStore(
                    Client(provider), Time(provider), Logger<TableClientKeyStore>(provider)),
                provider => new TableUsageStore(
                    Client(provider),
                    GatewayStores.UsageKept(configuration),
                    Time(provider),
                    Logger<TableUsageStore>(provider)),
                provider => new TableResponseStore(
                    Client(provider), Time(provider), Logger<TableResponseStore>(provider)),
                provider => new TableResponseIdStore(
                    Client(provider), Time(provider), Logger<TableResponseIdStore>(provider)),
                GatewayReceipts.Kept(configuration) is not { } kept
                    ? null
                    : provider => new TableReceiptStore(
                        Client(provider), kept, Time(provider), Logger<TableReceiptStore>(provider)),
                provider => new TableHealthStore(Client(provider), Time(provider)),
                provider => new TableLimitStore(
                    Client(provider), Time(provider), Logger<TableLimitStore>(provider)),
                provider => new TableSessionStore(
                    Client(provider),
                    GatewayStores.SessionsKept(configuration),
                    Time(provider),
                    Logger<TableSessionStore>(provider)),
                provider => new TableToolListStore(Client(provider), Time(provider)));
        }

        return services;
    }

    private static TableServiceClient Client(IServiceProvider provider) =>
        provider.GetRequiredService<TableServiceClient>();

    private static TimeProvider Time(IServiceProvider provider) =>
        provider.GetService<TimeProvider>() ?? TimeProvider.System;

    private static ILogger<T> Logger<T>(IServiceProvider provider) =>
        provider.GetService<ILogger<T>>() ?? NullLogger<T>.Instance;

    private static Uri Address(string setting, string text, string example) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme == Uri.UriSchemeHttps
            ? address
            : throw new InvalidOperationException(
                $"The setting {setting} is '{text}', which is no https address. Set it to {example}, or remove it.");

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
