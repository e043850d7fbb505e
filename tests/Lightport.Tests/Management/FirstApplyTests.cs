using System.Text;
using Lightport.Configuration;
using Lightport.Management;
using Lightport.Storage;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Storage;
using Lightport.Transport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace Lightport.Tests.Management;

/// <summary>
/// Where versions are kept in a store and none was applied yet, the document in force is the one that was deployed.
/// </summary>
public sealed class FirstApplyTests : IAsyncLifetime
{
    private const string Deployed = "models:\n  fast: echo/a   # as deployed\n  gone: echo/b\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lightport-");
    private readonly MemoryVersions _versions = new();
    private ServiceProvider _services = null!;

    public async Task InitializeAsync()
    {
        string file = Path.Combine(_folder.FullName, "lightport.yaml");
        await File.WriteAllTextAsync(file, Deployed);
        IConfiguration settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LIGHTPORT_ADMIN_KEY"] = ManagedGateway.AdminKey,
            ["LIGHTPORT_CONFIG"] = file,
        }).Build();
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(settings)
            .AddSingleton<IUpstream>(new ScriptedUpstream())
            .AddLightport(settings, ownsFiles: false)
            .AddSharedStores(_ => _versions, _ => Mock.Of<IClientKeyStore>(), _ => Mock.Of<IUsageStore>())
            .BuildServiceProvider();
        await _services.GetRequiredService<ConfigurationFollower>().RefreshAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Read_NothingApplied_IsTheDeployedDocumentWithoutAVersion()
    {
        using ClientCall call = await SendAsync(ManagementEndpoints.Config);

        Assert.Equal((200, Deployed), (call.Status, call.Text));
        Assert.Null(call.Header("ETag"));
    }

    [Fact]
    public async Task Apply_TheFirst_TellsWhatItTakesAway()
    {
        using ClientCall call = await SendAsync(
            ManagementEndpoints.ConfigApply, "models: { fast: echo/a, new: echo/c }", "?dry-run=true");

        Assert.Equal(
            """
            {"version":null,"previous":null,"dry_run":true,"changes":[{"change":"added","kind":"model","name":"new","before":null,"after":"\"echo/c\""},{"change":"removed","kind":"model","name":"gone","before":"\"echo/b\"","after":null}],"warnings":[]}
            """,
            call.Text);
    }

    [Fact]
    public async Task Apply_TheDeployedDocumentItself_MakesItAVersion()
    {
        using ClientCall call = await SendAsync(ManagementEndpoints.ConfigApply, Deployed);

        Assert.True(call.Status == 200, call.Text);
        Assert.Equal((string?)call.Json["version"], _versions.Pointer?.Version);
        Assert.Empty(call.Json["changes"]!.AsArray());
    }

    public async Task DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<ClientCall> SendAsync(GatewayEndpoint endpoint, string body = "", string query = "")
    {
        var call = new ClientCall(endpoint.Method, endpoint.Path + query, body, new Dictionary<string, string>
        {
            ["Authorization"] = $"Bearer {ManagedGateway.AdminKey}",
        });
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        call.Context.Request.Body = new MemoryStream(bytes);
        call.Context.Request.ContentLength = bytes.Length;
        await _services.GetRequiredService<Gateway>().HandleAsync(endpoint, call.Context, CancellationToken.None);
        return call;
    }
}
