using Lightport.Configuration;
using Lightport.Providers;
using Lightport.Routing;

namespace Lightport.Tests.Configuration;

public sealed class AccountsReaderTests
{
    [Fact]
    public void Load_Keys_AreAccountsNamedByTheirSecrets()
    {
        ConfiguredProvider provider = Provider("openai", "providers: { openai: { keys: [TEAM_A, TEAM_B] } }");

        Assert.Equal(
            [("TEAM_A", "TEAM_A", 1, false), ("TEAM_B", "TEAM_B", 1, false)],
            provider.Accounts.Select(account =>
                (account.Account!.Name, account.SecretName!, account.Account.Weight, account.Account.IsProvisioned)));
        Assert.Null(provider.Account);
    }

    [Fact]
    public void Load_Accounts_MayDifferInWhatAProviderSays()
    {
        ConfiguredProvider provider = Provider("hosted", """
            providers:
              hosted:
                region: eu-1
                headers: { x-team: search }
                accounts:
                  - { name: bought, key: HOSTED_A, resource: one, weight: 5, provisioned: on }
                  - { name: by-use, key: HOSTED_B, resource: two, region: us-1 }
                  - { name: proxied, key: HOSTED_C, resource: x, base-url: "https://proxy.example/openai" }
            """);

        Assert.Equal(
            ["https://one.hosted.example/openai/eu-1", "https://two.hosted.example/openai/us-1",
                "https://proxy.example/openai/eu-1"],
            provider.Accounts.Select(account => account.Provider.BaseUrl + First(account)[..5]));
        Assert.All(provider.Accounts, account => Assert.Equal("search", account.Provider.Headers["x-team"]));
        Assert.Equal(
            [(5, true), (1, false), (1, false)],
            provider.Accounts.Select(account => (account.Account!.Weight, account.Account.IsProvisioned)));

        static string First(ConfiguredProvider account) => account.Provider.Endpoints.Values.First().Path;
    }

    [Theory]
    [InlineData("m")]
    [InlineData("team/x")]
    [InlineData("openai/x")]
    [InlineData("x", "openai")]
    public void Resolve_EveryWay_LeadsToEachAccount(string model, string? provider = null)
    {
        RoutingTable table = TestConfiguration.LoadValid("""
            providers: { openai: { keys: [TEAM_A, TEAM_B] } }
            models: { m: openai/x, "team/*": openai/* }
            """).Routing;

        Route route = RouteResolver.Resolve(table, new RouteQuestion(model) { Provider = provider }).Route!;

        Assert.Equal(["openai/x", "openai/x"], route.Targets.Select(target => $"{target}"));
        Assert.Equal(["TEAM_A", "TEAM_B"], route.Targets.Select(target => target.Provider.SecretName));
        Assert.Equal(2, route.Own);
    }

    [Fact]
    public void Load_OneAccount_IsAnAccount()
    {
        ConfiguredProvider provider = Provider("openai", "providers: { openai: { keys: [TEAM_A] } }");

        Assert.Equal("TEAM_A", Assert.Single(provider.Accounts).SecretName);
    }

    /// <summary>Clients see who made a state; a secret's name is none of theirs.</summary>
    [Fact]
    public void Maker_TellsAccountsApartAndNoName()
    {
        IReadOnlyList<ConfiguredProvider> accounts =
            Provider("openai", "providers: { openai: { keys: [TEAM_A, TEAM_B] } }").Accounts;

        Assert.NotEqual(accounts[0].Maker, accounts[1].Maker);
        Assert.All(accounts, account => Assert.Matches("^openai#[0-9a-f]{8}$", account.Maker));
        Assert.Equal("openai", Provider("openai", "providers: { openai: {} }").Maker);
    }

    private static ConfiguredProvider Provider(string name, string text) =>
        TestConfiguration.LoadValid(text).Routing.Providers[name];
}
