using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Lightport.Storage;
using Lightport.Transport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Azure.Tests;

public sealed class AzureServicesTests
{
    [Fact]
    public void Add_NoVault_LeavesTheSecretsWhereTheyWere()
    {
        using ServiceProvider services = Build();

        Assert.IsType<NoSecrets>(services.GetRequiredService<ISecretSource>());
    }

    [Fact]
    public void Add_Vault_AnswersEverySecretFromACacheOverIt()
    {
        using ServiceProvider services = Build(("KeyVault:Uri", "https://contoso.vault.azure.net/"));

        Assert.IsType<CachedSecretSource>(Assert.Single(services.GetServices<ISecretSource>()));
    }

    [Theory]
    [InlineData("contoso")]
    [InlineData("http://contoso.vault.azure.net/")]
    public void Add_NoHttpsAddress_IsRefusedNamingTheSetting(string vault)
    {
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => Build(("KeyVault:Uri", vault)));

        Assert.Contains("KeyVault:Uri", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_NoTables_LeavesTheStoresWhereTheyWere()
    {
        using ServiceProvider services = Build();

        Assert.Null(services.GetService<IConfigurationVersions>());
        Assert.Null(services.GetService<IClientKeyStore>());
        Assert.Null(services.GetService<IUsageStore>());
    }

    [Theory]
    [InlineData("Tables:Uri", "https://contoso.table.core.windows.net/", "contoso")]
    [InlineData("Tables:ConnectionString", "UseDevelopmentStorage=true", "devstoreaccount1")]
    public void Add_Tables_KeepsEveryStoreThere(string setting, string value, string account)
    {
        using ServiceProvider services = Build((setting, value));

        Assert.IsType<TableConfigurationVersions>(Assert.Single(services.GetServices<IConfigurationVersions>()));
        Assert.IsType<TableClientKeyStore>(Assert.Single(services.GetServices<IClientKeyStore>()));
        Assert.IsType<TableUsageStore>(Assert.Single(services.GetServices<IUsageStore>()));
        Assert.IsType<TableResponseStore>(Assert.Single(services.GetServices<IResponseStore>()));
        Assert.IsType<TableResponseIdStore>(Assert.Single(services.GetServices<IResponseIdStore>()));
        Assert.IsType<TableSessionStore>(Assert.Single(services.GetServices<ISessionStore>()));
        Assert.Equal(account, services.GetRequiredService<TableServiceClient>().AccountName);
    }

    [Fact]
    public void Add_Tables_TakesThePlaceOfStoresThatAreThere()
    {
        IServiceCollection before = new ServiceCollection()
            .AddSingleton<IClientKeyStore>(_ => throw new InvalidOperationException("the file-backed one"));
        using ServiceProvider services = before
            .AddLightportAzure(Settings(("Tables:ConnectionString", "UseDevelopmentStorage=true")))
            .BuildServiceProvider();

        Assert.IsType<TableClientKeyStore>(Assert.Single(services.GetServices<IClientKeyStore>()));
    }

    [Fact]
    public void Add_OwnCredential_IsTakenInPlaceOfTheDefault()
    {
        var own = new EnvironmentCredential();
        using ServiceProvider services = new ServiceCollection()
            .AddSingleton<TokenCredential>(own)
            .AddLightportAzure(Settings(("Tables:Uri", "https://contoso.table.core.windows.net/")))
            .BuildServiceProvider();

        Assert.Same(own, Assert.Single(services.GetServices<TokenCredential>()));
        Assert.NotNull(services.GetRequiredService<IUsageStore>());
    }

    [Theory]
    [InlineData("contoso")]
    [InlineData("http://contoso.table.core.windows.net/")]
    [InlineData("http://127.0.0.1:10002/devstoreaccount1")]
    public void Add_TablesAtNoHttpsAddress_IsRefusedNamingTheSettings(string address)
    {
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => Build(("Tables:Uri", address)));

        Assert.Contains("Tables:Uri", e.Message, StringComparison.Ordinal);
        Assert.Contains("Tables:ConnectionString", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Add_BothWaysToTables_IsRefusedSayingWhichToRemove()
    {
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => Build(
            ("Tables:Uri", "https://contoso.table.core.windows.net/"),
            ("Tables:ConnectionString", "UseDevelopmentStorage=true")));

        Assert.Contains("Remove Tables:ConnectionString on Azure", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("canary")]
    [InlineData("AccountName=a;AccountKey=canary")]
    [InlineData("AccountName=a;AccountKey=not base64 canary;TableEndpoint=https://a.table.core.windows.net")]
    [InlineData("DefaultEndpointsProtocol=https;AccountKey=Y2FuYXJ5;TableEndpoint=canary")]
    public void Add_NoConnectionString_IsRefusedWithoutQuotingIt(string connection)
    {
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(
            () => Build(("Tables:ConnectionString", connection)));

        Assert.Contains("Tables:ConnectionString", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", e.ToString(), StringComparison.Ordinal);
    }

    private static ServiceProvider Build(params (string Name, string? Value)[] settings) => new ServiceCollection()
        .AddSingleton<ISecretSource, NoSecrets>()
        .AddLightportAzure(Settings(settings))
        .BuildServiceProvider();

    private static IConfiguration Settings(params (string Name, string? Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)))
            .Build();

    private sealed class NoSecrets : ISecretSource
    {
        public ValueTask<string?> GetAsync(string name, CancellationToken cancellationToken) => default;

        public void Invalidate(string name)
        {
        }
    }
}
