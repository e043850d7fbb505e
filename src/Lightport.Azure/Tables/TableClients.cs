using Azure.Core;
using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Azure.Tables;

/// <summary>Makes the client of the table service that the settings name.</summary>
internal static class TableClients
{
    /// <summary>How to make it, or null where no setting asks for it.</summary>
    /// <exception cref="InvalidOperationException">The settings contradict each other, or one is wrong.</exception>
    public static Func<IServiceProvider, TableServiceClient>? From(IConfiguration configuration)
    {
        string? address = configuration[AzureServices.TablesSetting];
        string? connection = configuration[AzureServices.TablesConnectionStringSetting];
        if (string.IsNullOrEmpty(connection))
        {
            return string.IsNullOrEmpty(address) ? null : From(Address(address));
        }

        if (!string.IsNullOrEmpty(address))
        {
            throw new InvalidOperationException(
                $"Both {AzureServices.TablesSetting} and {AzureServices.TablesConnectionStringSetting} are set. Remove "
                + $"{AzureServices.TablesConnectionStringSetting} on Azure; remove {AzureServices.TablesSetting} "
                + "to use the emulator.");
        }

        TableServiceClient client = Connect(connection);
        return _ => client;
    }

    internal static TableClientOptions CreateOptions()
    {
        var options = new TableClientOptions();
        // A client's request waits for a key's look-up: three tries of a few seconds, within TableCalls' ten.
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.MaxRetries = 2;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(1);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(4);
        return options;
    }

    private static Func<IServiceProvider, TableServiceClient> From(Uri address) => provider =>
        new TableServiceClient(address, provider.GetRequiredService<TokenCredential>(), CreateOptions());

    /// <summary>The one address without TLS is the emulator's, and no token is sent there.</summary>
    private static Uri Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && address.Scheme == Uri.UriSchemeHttps
            ? address
            : throw new InvalidOperationException(
                $"The setting {AzureServices.TablesSetting} is '{text}', which is no https address. Set it to a table "
                + "service's (https://contoso.table.core.windows.net/), or remove it. For the emulator over http set "
                + $"{AzureServices.TablesConnectionStringSetting} to UseDevelopmentStorage=true.");

    private static TableServiceClient Connect(string connection)
    {
        try
        {
            return new TableServiceClient(connection, CreateOptions());
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or ArgumentException)
        {
            // Neither the text nor the failure goes on: a connection string holds the account's key.
            throw new InvalidOperationException(
                $"The setting {AzureServices.TablesConnectionStringSetting} is no storage account's connection string. "
                + "Copy it whole, or set UseDevelopmentStorage=true for the emulator.");
        }
    }
}
