using System.Text;
using System.Text.Json.Nodes;
using Lightport.Azure.Tests.Storage;
using Lightport.Configuration;
using Lightport.Management;
using Lightport.Usage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Azure.Tests.Gateway;

/// <summary>The whole gateway on tables that go away and come back.</summary>
[Collection(AzuriteGroup.Name)]
public sealed class OutageTests : IDisposable
{
    private const string AdminKey = "canary-admin-key-20f7c4";

    private readonly TestStorage _storage;
    private readonly ServiceProvider _services;

    public OutageTests(AzuriteFixture azurite)
    {
        _storage = azurite.NewStorage();
        _services = Services();
    }

    private ConfigurationFollower Follower => _services.GetRequiredService<ConfigurationFollower>();

    /// <summary>An instance on the test's tables.</summary>
    private ServiceProvider Services()
    {
        IConfiguration settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LIGHTPORT_ADMIN_KEY"] = AdminKey,
            ["Tables:ConnectionString"] = "UseDevelopmentStorage=true",
        }).Build();
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton(settings)
            .AddSingleton<TimeProvider>(_storage.Clock)
            .AddSingleton(_storage.Service)
            .AddLightport(settings)
            .AddLightportAzure(settings)
            .BuildServiceProvider();
    }

    [Fact]
    public async Task TablesAway_WhatIsKnownServes_TheRestIs503_AndAllComesBack()
    {
        await Follower.RefreshAsync(CancellationToken.None);
        Assert.Equal(200, (await SendAsync(ManagementEndpoints.ConfigApply, "models: { mine: echo/x }")).Status);
        string seen = await CreateKeyAsync("seen");
        string unseen = await CreateKeyAsync("unseen");
        Assert.Equal(200, await ChatAsync(seen));
        await _services.GetRequiredService<UsageLedger>().FlushAsync(CancellationToken.None);

        _storage.Wire.Fail(503, "ServerBusy");
        _storage.Clock.Advance(TimeSpan.FromMinutes(10));
        await Follower.RefreshAsync(CancellationToken.None);

        Assert.Equal(200, await ChatAsync(seen));
        (int status, JsonNode? error) = await SendAsync(GatewayEndpoints.Models, key: unseen);
        Assert.Equal((503, "store_unavailable"), (status, (string?)error!["error"]!["code"]));
        Assert.Equal("degraded", (string?)(await SendAsync(GatewayEndpoints.Health)).Body!["status"]);
        (status, error) = await SendAsync(ManagementEndpoints.ConfigApply, "direct: off");
        Assert.Equal((503, "store_unavailable"), (status, (string?)error!["error"]!["code"]));
        await _services.GetRequiredService<UsageLedger>().FlushAsync(CancellationToken.None);
        Assert.Equal(1, _services.GetRequiredService<UsageLedger>().Pending);

        _storage.Wire.Before = _ => Task.FromResult<HttpResponseMessage?>(null);
        _storage.Clock.Advance(TimeSpan.FromSeconds(10));
        await Follower.RefreshAsync(CancellationToken.None);

        Assert.Equal((200, 200), (await ChatAsync(seen), await ChatAsync(unseen)));
        (_, JsonNode? usage) = await SendAsync(ManagementEndpoints.Usage);
        Assert.Equal(4, (int)usage!["total"]!["requests"]!);
        Assert.Equal("ok", (string?)(await SendAsync(GatewayEndpoints.Health)).Body!["status"]);
    }

    [Fact]
    public async Task TablesAwayAtTheStart_IsNotReadyUntilTheyAreThere()
    {
        _storage.Wire.Fail(403, "AuthorizationPermissionMismatch");
        await Follower.RefreshAsync(CancellationToken.None);

        (int status, JsonNode? health) = await SendAsync(GatewayEndpoints.Health);
        Assert.Equal((503, "unavailable"), (status, (string?)health!["status"]));
        (_, JsonNode? told) = await SendAsync(ManagementEndpoints.Health);
        Assert.Contains(
            "Storage Table Data Contributor", (string)told!["configuration"]!["error"]!, StringComparison.Ordinal);
        (status, JsonNode? error) = await SendAsync(GatewayEndpoints.Models, key: "lp-any");
        Assert.Equal((503, "configuration_unavailable"), (status, (string?)error!["error"]!["code"]));

        _storage.Wire.Before = _ => Task.FromResult<HttpResponseMessage?>(null);
        await Follower.RefreshAsync(CancellationToken.None);
        Assert.Equal(200, (await SendAsync(GatewayEndpoints.Health)).Status);
    }

    [Fact]
    public async Task RoutingTableGone_AnInstanceThatStarts_DoesNotTakeItForAFreshInstall()
    {
        await Follower.RefreshAsync(CancellationToken.None);
        await SendAsync(ManagementEndpoints.ConfigApply, "models: { mine: echo/x }");
        string key = await CreateKeyAsync("team-a");
        await _storage.Table(TableConfigurationVersions.Table).DeleteAsync();
        await using ServiceProvider other = Services();

        await other.GetRequiredService<ConfigurationFollower>().RefreshAsync(CancellationToken.None);
        (int status, JsonNode? error) = await SendAsync(GatewayEndpoints.Models, key: key, services: other);

        Assert.Equal((503, "configuration_unavailable"), (status, (string?)error!["error"]!["code"]));
        Assert.Equal(200, await ChatAsync(key));
        Assert.Equal(
            200, (await SendAsync(ManagementEndpoints.ConfigApply, "models: { mine: echo/y }", services: other)).Status);
        Assert.Equal(200, (await SendAsync(GatewayEndpoints.Models, key: key, services: other)).Status);
    }

    [Fact]
    public async Task KeyTableGone_KeysAreUnknownToNobody_UntilNewOnesAreMade()
    {
        await Follower.RefreshAsync(CancellationToken.None);
        await SendAsync(ManagementEndpoints.ConfigApply, "models: { mine: echo/x }");
        string seen = await CreateKeyAsync("seen");
        string unseen = await CreateKeyAsync("unseen");
        Assert.Equal(200, await ChatAsync(seen));
        await _storage.Table(TableClientKeyStore.Table).DeleteAsync();
        _storage.Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal((200, 503), (await ChatAsync(seen), await ChatAsync(unseen)));

        string made = await CreateKeyAsync("made");
        _storage.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal((401, 401, 200), (await ChatAsync(seen), await ChatAsync(unseen), await ChatAsync(made)));
    }

    public void Dispose() => _services.Dispose();

    private async Task<string> CreateKeyAsync(string name) =>
        (string)(await SendAsync(ManagementEndpoints.KeyCreate, $$"""{"name":"{{name}}"}""")).Body!["key"]!;

    private async Task<int> ChatAsync(string key) => (await SendAsync(
        GatewayEndpoints.ChatCompletions,
        """{"model":"mine","messages":[{"role":"user","content":"Hello!"}]}""",
        key: key)).Status;

    private async Task<(int Status, JsonNode? Body)> SendAsync(
        GatewayEndpoint endpoint,
        string body = "",
        string query = "",
        string key = AdminKey,
        ServiceProvider? services = null)
    {
        using var answer = new MemoryStream();
        var context = new DefaultHttpContext { Response = { Body = answer } };
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        context.Request.Method = endpoint.Method;
        context.Request.Path = endpoint.Path;
        context.Request.QueryString = new QueryString(query);
        context.Request.Headers.Authorization = $"Bearer {key}";
        context.Request.Body = new MemoryStream(bytes);
        context.Request.ContentLength = bytes.Length;
        await (services ?? _services).GetRequiredService<Lightport.Gateway>()
            .HandleAsync(endpoint, context, CancellationToken.None);
        string text = Encoding.UTF8.GetString(answer.ToArray());
        return (context.Response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }
}
