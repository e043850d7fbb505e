using System.Text;
using System.Text.Json;
using Lightport.Conversation;
using Lightport.Mcp;
using Lightport.Mcp.Identity;

namespace Lightport.Tests.Mcp;

/// <summary>What servers are shown of who asks, and what they never are.</summary>
public sealed class McpIdentityTests
{
    private static readonly McpTool Echo = new("echo", JsonElement.Parse("{}"));

    [Fact]
    public async Task Call_WithASecret_ShowsItInItsHeader()
    {
        await using var world = new McpWorld();
        await using RawServer server = McpWorld.Stateless(call => McpWorld.SayAsync(call, "hi"));

        await CallAsync(world, McpWorld.At(server) with { Identity = new SecretHeader("DOCS", null) });
        await CallAsync(world, McpWorld.At(server) with { Identity = new SecretHeader("DOCS", "X-Key") });

        Assert.Equal("Bearer value-of-DOCS", server.Calls.First().Header("Authorization"));
        Assert.Equal("value-of-DOCS", server.Calls.Last().Header("X-Key"));
        Assert.Equal("", server.Calls.Last().Header("Authorization"));
    }

    [Fact]
    public async Task Call_WhoseServerQuotesTheSecret_TellsItToNobody()
    {
        await using var world = new McpWorld();
        await using RawServer server = McpWorld.Stateless(
            call => McpWorld.SayAsync(call, $"shown {call.Header("Authorization")}"));

        McpOutcome outcome =
            await CallAsync(world, McpWorld.At(server) with { Identity = new SecretHeader("DOCS_TOKEN", null) });

        Assert.Equal("shown Bearer *******************", McpWorld.Text(outcome));
    }

    [Fact]
    public async Task Call_WithASecretThatIsRefused_FetchesItAnewAndAsksOnce()
    {
        await using var world = new McpWorld();
        world.Secrets.Values["DOCS"] = "old";
        await using RawServer server = McpWorld.Stateless(call =>
        {
            if (call.Header("Authorization") == "Bearer new")
            {
                return McpWorld.SayAsync(call, "hi");
            }

            world.Secrets.Values["DOCS"] = "new";
            return call.JsonAsync("", 401);
        });

        McpOutcome outcome =
            await CallAsync(world, McpWorld.At(server) with { Identity = new SecretHeader("DOCS", null) });

        Assert.Equal("hi", McpWorld.Text(outcome));
        Assert.Equal(["DOCS"], world.Secrets.Invalidated);
    }

    [Fact]
    public async Task Call_WithoutItsSecret_SaysWhichAndAsksNobody()
    {
        await using var world = new McpWorld();
        world.Secrets.Missing.Add("DOCS");
        await using RawServer server = McpWorld.Stateless(call => McpWorld.SayAsync(call, "hi"));

        McpOutcome outcome =
            await CallAsync(world, McpWorld.At(server) with { Identity = new SecretHeader("DOCS", null) });

        Assert.Contains("needs the secret DOCS, which is not set", McpWorld.Text(outcome), StringComparison.Ordinal);
        Assert.Empty(server.Calls);
    }

    [Fact]
    public async Task Call_WithClientCredentials_ExchangesThemOnceForMany()
    {
        await using var world = new McpWorld();
        await using RawServer issuer = Issuer(call => $$"""{"access_token":"t1","token_type":"Bearer","expires_in":3600}""");
        await using RawServer server = McpWorld.Stateless(call => McpWorld.SayAsync(call, "hi"));
        McpServer crm = McpWorld.At(server) with { Identity = Credentials(issuer) };

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => CallAsync(world, crm)));

        RawCall asked = Assert.Single(issuer.Calls);
        Assert.Equal("grant_type=client_credentials&scope=crm.read", asked.Body);
        Assert.Equal(
            "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes("me:value-of-CRM")), asked.Header("Authorization"));
        Assert.All(server.Calls, call => Assert.Equal("Bearer t1", call.Header("Authorization")));
    }

    [Fact]
    public async Task Call_WithATokenThatIsRefused_ExchangesAnew()
    {
        await using var world = new McpWorld();
        int given = 0;
        await using RawServer issuer = Issuer(call => $$"""{"access_token":"t{{++given}}","expires_in":3600}""");
        await using RawServer server = McpWorld.Stateless(call => call.Header("Authorization") == "Bearer t1"
            ? call.JsonAsync("", 401)
            : McpWorld.SayAsync(call, "hi"));

        McpOutcome outcome = await CallAsync(world, McpWorld.At(server) with { Identity = Credentials(issuer) });

        Assert.Equal("hi", McpWorld.Text(outcome));
        Assert.Equal(2, given);
    }

    /// <summary>Once for each scope that is missing, and of those alone that are let.</summary>
    [Theory]
    [InlineData("crm.*", "Bearer error=\"insufficient_scope\", scope=\"crm.write crm.read\", resource_metadata=\"https://x\"", true)]
    [InlineData("crm.write", "Bearer scope=crm.write, error=insufficient_scope", true)]
    [InlineData("", "Bearer error=\"insufficient_scope\", scope=\"crm.write\"", false)]
    [InlineData("crm.write", "Bearer error=\"insufficient_scope\", scope=\"crm.write admin\"", false)]
    [InlineData("crm.*", "Bearer error=\"insufficient_scope\", scope=\"crm.read\"", false)]
    [InlineData("*", "Bearer error=\"invalid_token\", scope=\"crm.write\"", false)]
    [InlineData("*", "Basic error=\"insufficient_scope\", scope=\"crm.write\"", false)]
    [InlineData("*", "Bearer error=\"insufficient_scope\", scope=\"crm", false)]
    public async Task Call_WhoseTokenHasTooFewScopes_IsMadeOnceMoreWithThose(string let, string challenge, bool steps)
    {
        await using var world = new McpWorld();
        int given = 0;
        await using RawServer issuer = Issuer(call => $$"""{"access_token":"t{{++given}}","expires_in":3600}""");
        await using RawServer server = McpWorld.Stateless(call => call.Header("Authorization") == "Bearer t2"
            ? McpWorld.SayAsync(call, "hi")
            : call.JsonAsync("", 403, $"WWW-Authenticate: {challenge}\r\n"));
        McpServer crm = McpWorld.At(server) with
        {
            Identity = Credentials(issuer) with { StepUp = let.Split(' ', StringSplitOptions.RemoveEmptyEntries) },
        };

        string[] said = [McpWorld.Text(await CallAsync(world, crm)), McpWorld.Text(await CallAsync(world, crm))];

        Assert.All(said, text => Assert.Equal(steps, text == "hi"));
        Assert.Equal(
            steps ? ["crm.read", "crm.read+crm.write"] : ["crm.read"],
            issuer.Calls.Select(call => call.Body.Split("&scope=")[1]));
    }

    /// <summary>A server that is never content is not asked for ever.</summary>
    [Fact]
    public async Task Call_ThatIsRefusedWithEveryScope_IsMadeTwice()
    {
        await using var world = new McpWorld();
        await using RawServer issuer = Issuer(call => """{"access_token":"t","expires_in":3600}""");
        int called = 0;
        await using RawServer server = McpWorld.Stateless(call => call.JsonAsync(
            "", 403, $"WWW-Authenticate: Bearer error=\"insufficient_scope\", scope=\"s{called++}\"\r\n"));
        McpServer crm = McpWorld.At(server) with { Identity = Credentials(issuer) with { StepUp = ["*"] } };

        McpOutcome outcome = await CallAsync(world, crm);

        Assert.Contains("HTTP 403", McpWorld.Text(outcome), StringComparison.Ordinal);
        Assert.Equal(2, called);
    }

    /// <summary>Everyone's calls go by the same token: what one call needs beyond it must not cost the others theirs.
    /// </summary>
    [Fact]
    public async Task Call_ThatNeedsAScopeThatIsNotGiven_HarmsNoOther()
    {
        await using var world = new McpWorld();
        await using var issuer = new RawServer(call => call.Body.Contains("admin", StringComparison.Ordinal)
            ? call.JsonAsync("""{"error":"invalid_scope"}""", 400)
            : call.JsonAsync("""{"access_token":"t","expires_in":3600}"""));
        int asked = 0;
        await using RawServer server = McpWorld.Stateless(call => (string?)call.Parameters?["name"] == "echo"
            ? McpWorld.SayAsync(call, "hi")
            : call.JsonAsync(
                "", 403, $"WWW-Authenticate: Bearer error=\"insufficient_scope\", scope=\"admin{asked++}\"\r\n"));
        McpServer crm = McpWorld.At(server) with { Identity = Credentials(issuer) with { StepUp = ["admin*"] } };
        McpTool admin = Echo with { Name = "admin" };

        for (int i = 0; i < 40; i++)
        {
            McpOutcome refused = await world.Servers.CallAsync(
                crm, admin, JsonElement.Parse("{}"), McpWorld.Anna, null, CancellationToken.None);
            Assert.Contains("HTTP 403", McpWorld.Text(refused), StringComparison.Ordinal);
            Assert.Equal("hi", McpWorld.Text(await CallAsync(world, crm)));
        }

        Assert.Equal(32, issuer.Calls.Count(call => call.Body.Contains("admin", StringComparison.Ordinal)));
        Assert.DoesNotContain(issuer.Calls, call => call.Body.Contains("admin0+", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false, "subject_token=annas-own")]
    [InlineData(true, "assertion=annas-own")]
    public async Task Call_OnBehalfOfAUser_ShowsTheExchangedTokenAndNeverTheUsersOwn(bool isEntra, string shows)
    {
        await using var world = new McpWorld();
        await using RawServer issuer = Issuer(call => """{"access_token":"exchanged","expires_in":3600}""");
        await using RawServer server = McpWorld.Stateless(call => McpWorld.SayAsync(call, "hi"));
        McpServer crm = McpWorld.At(server) with { Identity = new OnBehalfOf(Credentials(issuer), isEntra) };

        await CallAsync(world, crm, McpWorld.Anna with { UserToken = "annas-own" });

        Assert.Contains(shows, Assert.Single(issuer.Calls).Body, StringComparison.Ordinal);
        Assert.All(server.Calls, call => Assert.Equal("Bearer exchanged", call.Header("Authorization")));
    }

    [Fact]
    public async Task Call_OnBehalfOfTwoUsers_SharesNothing()
    {
        await using var world = new McpWorld();
        int given = 0;
        await using RawServer issuer = Issuer(call => $$"""{"access_token":"t{{++given}}","expires_in":3600}""");
        await using RawServer server = McpWorld.Stateless(
            call => McpWorld.SayAsync(call, "hi"), hints: "\"ttlMs\":60000,\"cacheScope\":\"private\"");
        McpServer crm = McpWorld.At(server) with { Identity = new OnBehalfOf(Credentials(issuer), false) };

        await world.Servers.ListAsync(crm, McpWorld.Anna with { UserToken = "a" }, default);
        await world.Servers.ListAsync(crm, McpWorld.Anna with { UserToken = "a" }, default);
        await world.Servers.ListAsync(crm, new McpCaller("bert", "r") { UserToken = "b" }, default);

        Assert.Equal(2, server.Asked.Count(asked => asked == "tools/list"));
        Assert.Equal(
            ["Bearer t1", "Bearer t2"],
            server.Calls.Where(call => call.Rpc == "tools/list").Select(call => call.Header("Authorization")));
    }

    [Fact]
    public async Task List_OnBehalfOfUsersThatIsPublic_IsSharedByAll()
    {
        await using var world = new McpWorld();
        await using RawServer issuer = Issuer(call => """{"access_token":"t","expires_in":3600}""");
        await using RawServer server = McpWorld.Stateless(call => McpWorld.SayAsync(call, "hi"));
        McpServer crm = McpWorld.At(server) with { Identity = new OnBehalfOf(Credentials(issuer), false) };

        await world.Servers.ListAsync(crm, McpWorld.Anna with { UserToken = "a" }, default);
        await world.Servers.ListAsync(crm, new McpCaller("bert", "r") { UserToken = "b" }, default);

        Assert.Single(server.Asked, asked => asked == "tools/list");
    }

    [Fact]
    public async Task Call_OnBehalfOfNobody_IsRefused()
    {
        await using var world = new McpWorld();
        await using RawServer server = McpWorld.Stateless(call => McpWorld.SayAsync(call, "hi"));
        McpServer crm = McpWorld.At(server) with { Identity = new OnBehalfOf(Credentials(server), false) };

        Assert.Contains("shows none", McpWorld.Text(await CallAsync(world, crm)), StringComparison.Ordinal);
        Assert.Empty(server.Calls);
    }

    [Fact]
    public async Task Call_WhoseExchangeIsRefused_SaysTheCodeAndNothingElse()
    {
        await using var world = new McpWorld();
        await using var issuer = new RawServer(call => call.JsonAsync(
            """{"error":"invalid_client","error_description":"canary of the issuer"}""", 401));
        await using RawServer server = McpWorld.Stateless(call => McpWorld.SayAsync(call, "hi"));

        string text = McpWorld.Text(await CallAsync(world, McpWorld.At(server) with { Identity = Credentials(issuer) }));

        Assert.Contains("(invalid_client)", text, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", text, StringComparison.Ordinal);
        Assert.DoesNotContain("value-of", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Admit_OfAConfiguredServerWithAClientsToken_IsRefused()
    {
        var settings = new McpSettings([new McpServer("docs") { Address = new("https://mcp.example.com/mcp") }], []);
        var byAddress = new McpToolset("mine", "tools[0]")
        {
            Url = "https://mcp.example.com/mcp",
            Authorization = "secret-canary",
        };

        GatewayException refused = Assert.Throws<GatewayException>(() => settings.Admit(byAddress, _ => true));

        Assert.Equal((400, "tools[0]"), (refused.Error.Status, refused.Error.Param));
        Assert.DoesNotContain("canary", refused.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://a.contoso.com/mcp", true)]
    [InlineData("https://a.b.contoso.com/mcp", true)]
    [InlineData("http://a.contoso.com/mcp", false)]
    [InlineData("https://contoso.com.evil.example/mcp", false)]
    [InlineData("https://a.contoso.com:8443/mcp", false)]
    [InlineData("https://user:pass@a.contoso.com/mcp", false)]
    [InlineData("ftp://a.contoso.com/mcp", false)]
    [InlineData("/mcp", false)]
    public void Admit_OfAnAddress_GoesByTheHosts(string url, bool isAdmitted)
    {
        var settings = new McpSettings([], ["*.contoso.com"]);

        McpServer? server = settings.Admit(new McpToolset("mine", "tools[0]") { Url = url }, _ => true);

        Assert.Equal(isAdmitted, server is { AllowsPrivate: false, IsConfigured: false, Pin: null });
    }

    [Theory]
    [InlineData("Host")]
    [InlineData("Mcp-Session-Id")]
    [InlineData("Content-Length")]
    [InlineData("a b")]
    public void Admit_WithAHeaderThatIsTheGateways_IsRefused(string header)
    {
        var settings = new McpSettings([], ["*"]);

        var toolset = new McpToolset("mine", "tools[0]")
        {
            Url = "https://a.example/mcp",
            Headers = [new(header, "x")],
        };

        Assert.Throws<GatewayException>(() => settings.Admit(toolset, _ => true));
    }

    private static ClientCredentials Credentials(RawServer issuer) => new(issuer.Address, "me", "CRM")
    {
        Scope = "crm.read",
        AllowsPrivate = true,
    };

    private static RawServer Issuer(Func<RawCall, string> answer) => new(call => call.JsonAsync(answer(call)));

    private static Task<McpOutcome> CallAsync(McpWorld world, McpServer server, McpCaller? caller = null) => world.Servers
        .CallAsync(server, Echo, JsonElement.Parse("{}"), caller ?? McpWorld.Anna, null, CancellationToken.None)
        .AsTask();
}
