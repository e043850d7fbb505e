using System.Text;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Lightport.Azure.Tests.Storage;
using Lightport.Configuration;
using Lightport.Configuration.Entries;
using Lightport.Management;
using Lightport.Storage;
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
        IConfiguration settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LIGHTPORT_ADMIN_KEY"] = AdminKey,
            ["Tables:ConnectionString"] = "UseDevelopmentStorage=true",
        }).Build();
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(settings)
            .AddSingleton<TimeProvider>(_storage.Clock)
            .AddSingleton(_storage.Service)
            .AddLightport(settings)
            .AddLightportAzure(settings)
            .BuildServiceProvider();
    }

    private ConfigurationFollower Follower => _services.GetRequiredService<ConfigurationFollower>();

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
    public async Task RowBrokenByHand_IsNamed_KeepsItsLastGoodValue_AndTheRestFollows()
    {
        await Follower.RefreshAsync(CancellationToken.None);
        await SendAsync(ManagementEndpoints.ConfigApply, "models: { a: echo/first, b: echo/first }");

        // Another instance applies, and somebody breaks a row before this one looks.
        const string Next = "models: { a: echo/second, b: echo/second }";
        ConfigurationVersion version =
            await _storage.ApplyAsync(new ConfigurationContent(Next, EntrySplitter.Split(Next)));
        TableClient table = _storage.Table(TableConfigurationVersions.Table);
        TableEntity row = await table.GetEntityAsync<TableEntity>($"v{version.Version}", "model|a");
        Assert.Equal("\"echo/second\"", row["Json"]);
        row["Json"] = "{oops";
        await table.UpdateEntityAsync(row, row.ETag);
        await Follower.RefreshAsync(CancellationToken.None);

        IGatewayConfigurationSource source = Follower;
        Assert.Equal("echo/first", $"{source.Current.Routing.Models["a"].Targets[0]}");
        Assert.Equal("echo/second", $"{source.Current.Routing.Models["b"].Targets[0]}");
        Assert.Contains("model 'a' is not used (its value is not JSON)", source.LastError, StringComparison.Ordinal);
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
        string key = AdminKey)
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
        await _services.GetRequiredService<Lightport.Gateway>()
            .HandleAsync(endpoint, context, CancellationToken.None);
        string text = Encoding.UTF8.GetString(answer.ToArray());
        return (context.Response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }
}
