using System.Text;
using System.Text.Json.Nodes;
using Lightport.Azure.Tests.Storage;
using Lightport.Configuration;
using Lightport.Management;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Azure.Tests.Gateway;

/// <summary>Answers that one instance keeps, asked for at another.</summary>
[Collection(AzuriteGroup.Name)]
public sealed class KeptAnswersTests(AzuriteFixture azurite) : IAsyncDisposable
{
    private const string AdminKey = "canary-admin-key-20f7c4";

    private readonly TestStorage _storage = azurite.NewStorage();
    private readonly List<ServiceProvider> _instances = [];

    [Fact]
    public async Task Answer_OfOneInstance_IsGoneOnFromAtAnother_ByItsKeyAlone()
    {
        ServiceProvider one = await StartAsync();
        await SendAsync(one, ManagementEndpoints.ConfigApply, "models: { mine: echo/x }");
        ServiceProvider other = await StartAsync();
        string mine = await KeyAsync(one, "mine");
        string theirs = await KeyAsync(one, "theirs");

        (int status, JsonNode told) = await SendAsync(
            one, GatewayEndpoints.Responses, """{"model":"mine","input":"Hello!"}""", mine);
        Assert.True(status == 200 && (bool)told["store"]!, told.ToJsonString());
        string id = (string)told["id"]!;
        string next = $$"""{"model":"mine","previous_response_id":"{{id}}","input":"And now?"}""";

        Assert.Equal(200, (await SendAsync(other, GatewayEndpoints.Responses, next, mine)).Status);
        Assert.Equal(404, (await SendAsync(other, GatewayEndpoints.Responses, next, theirs)).Status);
        Assert.Equal(404, (await AskAsync(other, GatewayEndpoints.Response, id, theirs)).Status);
        Assert.Equal(404, (await AskAsync(other, GatewayEndpoints.ResponseRemoval, id, theirs)).Status);
        (status, JsonNode again) = await AskAsync(other, GatewayEndpoints.Response, id, mine);
        Assert.Equal((200, told.ToJsonString()), (status, again.ToJsonString()));
        Assert.Equal(200, (await AskAsync(other, GatewayEndpoints.ResponseRemoval, id, mine)).Status);
        Assert.Equal(404, (await AskAsync(one, GatewayEndpoints.Response, id, mine)).Status);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ServiceProvider instance in _instances)
        {
            await instance.DisposeAsync();
        }
    }

    private async Task<ServiceProvider> StartAsync()
    {
        IConfiguration settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LIGHTPORT_ADMIN_KEY"] = AdminKey,
            ["Tables:ConnectionString"] = "UseDevelopmentStorage=true",
        }).Build();
        ServiceProvider instance = new ServiceCollection()
            .AddLogging()
            .AddSingleton(settings)
            .AddSingleton<TimeProvider>(_storage.Clock)
            .AddSingleton(_storage.Service)
            .AddLightport(settings, ownsFiles: false)
            .AddLightportAzure(settings)
            .BuildServiceProvider();
        _instances.Add(instance);
        await instance.GetRequiredService<ConfigurationFollower>().RefreshAsync(CancellationToken.None);
        return instance;
    }

    private static async Task<string> KeyAsync(ServiceProvider instance, string name) =>
        (string)(await SendAsync(instance, ManagementEndpoints.KeyCreate, $$"""{"name":"{{name}}"}""")).Body["key"]!;

    private static Task<(int Status, JsonNode Body)> AskAsync(
        ServiceProvider instance, GatewayEndpoint door, string id, string key) =>
        SendAsync(instance, door, "", key, door.Path.Replace("{id}", id, StringComparison.Ordinal));

    private static async Task<(int Status, JsonNode Body)> SendAsync(
        ServiceProvider instance, GatewayEndpoint door, string body, string key = AdminKey, string? path = null)
    {
        using var answer = new MemoryStream();
        var context = new DefaultHttpContext { Response = { Body = answer } };
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        context.Request.Method = door.Method;
        context.Request.Path = path ?? door.Path;
        context.Request.ContentType = bytes.Length > 0 ? "application/json" : null;
        context.Request.Headers.Authorization = $"Bearer {key}";
        context.Request.Body = new MemoryStream(bytes);
        context.Request.ContentLength = bytes.Length;
        await instance.GetRequiredService<Lightport.Gateway>().HandleAsync(door, context, CancellationToken.None);
        return (context.Response.StatusCode, JsonNode.Parse(Encoding.UTF8.GetString(answer.ToArray()))!);
    }
}
