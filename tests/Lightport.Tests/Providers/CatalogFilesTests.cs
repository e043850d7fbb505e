using Lightport.Dialects;
using Lightport.Providers;

namespace Lightport.Tests.Providers;

/// <summary>What must be true of every file of the catalog.</summary>
public sealed class CatalogFilesTests
{
    private static readonly string[] Endpoints =
        [.. BuiltInDialects.Operations.Select(operation => operation.Endpoint)];

    private static readonly ProviderCatalog Catalog = ProviderCatalog.Load();

    public static TheoryData<string> Ids => new(Catalog.Ids);

    [Theory]
    [MemberData(nameof(Ids))]
    public void File_OfAProvider_IsSound(string id)
    {
        Provider provider = Catalog.Find(id)!;

        Assert.Equal(id, provider.Id);
        Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", id);
        ProviderFileCheck.Run(id, provider);
        AssertAddresses(provider);
        Assert.Matches("^[A-Z0-9_]+$", provider.Authentication.KeyVariable ?? "_");
        Assert.All(provider.Endpoints.Values, endpoint => AssertRules(endpoint.Parameters));
    }

    [Fact]
    public void Catalog_Whole_HasMoreThanTheAim() => Assert.True(Catalog.Ids.Count > 120, $"{Catalog.Ids.Count}");

    [Fact]
    public void Catalog_NoTwo_AreThePlaceAndKeyOfOneAnother()
    {
        IEnumerable<string> twins = Catalog.All
            .GroupBy(provider => (provider.BaseUrl, provider.Authentication.KeyVariable))
            .Where(group => group.Count() > 1 && !group.Key.BaseUrl.StartsWith('{'))
            .Select(group => string.Join(" = ", group.Select(provider => provider.Id)));

        Assert.Empty(twins);
    }

    [Fact]
    public void Catalog_KeyPrefixes_EachMeanOneProvider()
    {
        IEnumerable<string> prefixes = Catalog.All.SelectMany(provider => provider.KeyPrefixes);

        Assert.Equal(prefixes.Distinct(), prefixes);
    }

    [Fact]
    public void Catalog_ExactWires_AreThoseThatWereMeasured() =>
        Assert.Equal(
            [
                "anthropic anthropic-messages", "anthropic anthropic-count-tokens", "echo openai-chat",
                "echo openai-embeddings", "openai openai-chat",
                "openai openai-completions", "openai openai-embeddings", "openai openai-responses",
            ],
            from provider in Catalog.All
            from endpoint in provider.Endpoints
            where endpoint.Value.Exact
            select $"{provider.Id} {endpoint.Key}");

    private static void AssertAddresses(Provider provider)
    {
        Assert.True(provider.BaseUrl == "echo:/" || !provider.BaseUrl.EndsWith('/'), provider.BaseUrl);
        Dictionary<string, string> settings = provider.Settings.Keys.ToDictionary(
            name => name,
            name => name == "base-url" ? "https://configured.example/v1" : "setting");
        foreach ((string name, ProviderEndpoint endpoint) in provider.Endpoints)
        {
            Assert.Contains(EndpointWords.DialectOf(name), Endpoints);
            Uri address = EndpointTemplate.Create(provider.BaseUrl, endpoint.Path, settings).Expand("model");
            Assert.True(
                address.Scheme == Uri.UriSchemeHttps || address.IsLoopback || address.Scheme == "echo",
                $"{address} is neither https nor on this machine");
        }
    }

    private static void AssertRules(ParameterRules rules)
    {
        foreach (ParameterRule rule in rules.Rules)
        {
            Assert.NotEqual(ParameterAction.Keep, rule.Action);
            Assert.NotEqual("messages", rule.Field.Top.Name);
        }
    }

    /// <summary>Where the vendor wants the state of earlier thinking back, and refuses a tool loop without it.</summary>
    [Theory]
    [InlineData("openrouter", "reasoning_details")]
    [InlineData("google", "extra_content")]
    public void ReasoningField_OfAVendorThatWantsItsStateBack_IsTheOneThatHoldsState(string id, string field) =>
        Assert.Equal(field, Catalog.Find(id)!.Endpoints[DialectIds.OpenAIChat].Traits.ReasoningField);
}
