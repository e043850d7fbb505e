using Lightport.Configuration;
using Lightport.Providers;
using Lightport.Routing;

namespace Lightport.Tests.Configuration;

/// <summary>A provider that is asked in the gateway's own name.</summary>
public sealed class ProviderIdentityTests
{
    private const string Document = "providers: { azure: { use: azure-openai, resource: contoso, auth: entra } }";

    private static readonly ConfigurationEnvironment Azure = new(new HashSet<string>(), null, null)
    {
        HasIdentity = name => name == "entra",
    };

    private static readonly ConfigurationEnvironment Elsewhere = Azure with { HasIdentity = _ => false };

    [Fact]
    public void Auth_Entra_ShowsATokenAndNeedsNoSecret()
    {
        ConfigurationResult result = Load(Document, Azure);

        ConfiguredProvider provider = result.Configuration!.Routing.Providers["azure"];
        ProviderAuthentication shown = provider.Provider.Authentication;
        Assert.Null(provider.SecretName);
        Assert.Equal((AuthenticationScheme.Token, "entra"), (shown.Scheme, shown.Name));
        Assert.Equal("https://cognitiveservices.azure.com/.default", shown.Scope);
        Assert.Empty(result.Configuration.Warnings);
    }

    [Theory]
    [InlineData(
        Document,
        "'entra' in providers.azure.auth is an identity that this gateway does not have, which is built without its "
        + "packages; use key (the default) here.")]
    [InlineData(
        "providers: { azure: { use: azure-openai, resource: contoso, auth: managed } }",
        "'managed' in providers.azure.auth is nothing that Azure OpenAI takes; use key (the default), entra or none.")]
    public void Auth_ThatCannotBeHad_IsRefused(string document, string message) =>
        Assert.EndsWith(message, Assert.Single(Load(document, Elsewhere).Errors).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Auth_WithAKeyBesideIt_IsRefused() => Assert.Contains(
        "has both a key and 'auth: entra'",
        Assert.Single(Load(Document.Replace("auth: entra", "auth: entra, key: A", StringComparison.Ordinal), Azure).Errors)
            .ToString(),
        StringComparison.Ordinal);

    private static ConfigurationResult Load(string document, ConfigurationEnvironment environment) =>
        ConfigurationLoader.Load(document, "lightport.yaml", ProviderCatalog.Load(), environment);
}
