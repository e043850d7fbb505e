using Lightport.Transport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Azure.Tests;

public sealed class AzureServicesTests
{
    [Fact]
    public void Add_NoVault_LeavesTheSecretsWhereTheyWere()
    {
        using ServiceProvider services = Build(null);

        Assert.IsType<NoSecrets>(services.GetRequiredService<ISecretSource>());
    }

    [Fact]
    public void Add_Vault_AnswersEverySecretFromACacheOverIt()
    {
        using ServiceProvider services = Build("https://contoso.vault.azure.net/");

        Assert.IsType<CachedSecretSource>(Assert.Single(services.GetServices<ISecretSource>()));
    }

    [Theory]
    [InlineData("contoso")]
    [InlineData("http://contoso.vault.azure.net/")]
    public void Add_NoHttpsAddress_IsRefusedNamingTheSetting(string vault)
    {
        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => Build(vault));

        Assert.Contains("KeyVault:Uri", e.Message, StringComparison.Ordinal);
    }

    private static ServiceProvider Build(string? vault)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["KeyVault:Uri"] = vault })
            .Build();
        return new ServiceCollection()
            .AddSingleton<ISecretSource, NoSecrets>()
            .AddLightportAzure(configuration)
            .BuildServiceProvider();
    }

    private sealed class NoSecrets : ISecretSource
    {
        public ValueTask<string?> GetAsync(string name, CancellationToken cancellationToken) => default;

        public void Invalidate(string name)
        {
        }
    }
}
