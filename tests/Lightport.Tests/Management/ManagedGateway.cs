using System.Text;
using System.Text.Json.Nodes;
using Lightport.Configuration;
using Lightport.Management;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Routing;
using Lightport.Transport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lightport.Tests.Management;

/// <summary>A gateway as Server puts it together where it is managed, with its files in a folder of the test's.</summary>
internal sealed class ManagedGateway : IDisposable
{
    public const string AdminKey = "canary-admin-key-0123456789";

    private readonly ServiceProvider _services;
    private readonly Gateway _gateway;

    /// <param name="more">What else the environment says.</param>
    /// <param name="configure">What a host adds to the gateway.</param>
    public ManagedGateway(
        string? adminKey = AdminKey,
        string? document = null,
        bool ownsFiles = true,
        Dictionary<string, string?>? more = null,
        Action<IServiceCollection>? configure = null)
    {
        if (document is not null)
        {
            File.WriteAllText(Document, document);
        }

        IConfiguration settings = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["LIGHTPORT_ADMIN_KEY"] = adminKey,
                ["LIGHTPORT_DATA"] = Path.Combine(Folder.FullName, "data"),
                ["LIGHTPORT_CONFIG"] = document is null && string.IsNullOrEmpty(adminKey) ? null : Document,
                ["OPENAI_API_KEY"] = "canary-provider-key",
            })
            .AddInMemoryCollection(more ?? [])
            .Build();
        var services = new ServiceCollection();
        configure?.Invoke(services);
        _services = services
            .AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Log))
            .AddSingleton<TimeProvider>(Clock)
            .AddSingleton<IUpstream>(Upstream)
            .AddSingleton(settings)
            .AddLightport(settings, ownsFiles)
            .BuildServiceProvider();
        _gateway = _services.GetRequiredService<Gateway>();
    }

    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("lightport-");

    public ManualTimeProvider Clock { get; } = new();

    public CapturedLog Log { get; } = new();

    public ScriptedUpstream Upstream { get; } = new();

    public string Document => Path.Combine(Folder.FullName, "lightport.yaml");

    public ConfigurationGuard Guard => _services.GetRequiredService<ConfigurationGuard>();

    /// <summary>What the gateway is put together of.</summary>
    public T Service<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>By the admin key; the query stands behind the endpoint's path.</summary>
    public Task<ClientCall> SendAsync(
        GatewayEndpoint endpoint,
        string body = "",
        string query = "",
        string? id = null,
        string? key = AdminKey,
        params (string Name, string Value)[] headers)
    {
        string path = endpoint.Path.Replace("{id}", id, StringComparison.Ordinal) + query;
        var all = headers.ToDictionary(header => header.Name, header => header.Value);
        if (key is not null)
        {
            all["Authorization"] = $"Bearer {key}";
        }

        var call = new ClientCall(endpoint.Method, path, body, all);
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        call.Context.Request.Body = new MemoryStream(bytes);
        call.Context.Request.ContentLength = bytes.Length;
        return Run();

        async Task<ClientCall> Run()
        {
            await _gateway.HandleAsync(endpoint, call.Context, CancellationToken.None);
            return call;
        }
    }

    /// <summary>Puts a document in force, and says under which name.</summary>
    public async Task<string> ApplyAsync(string text)
    {
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        ClientCall call = await SendAsync(ManagementEndpoints.ConfigApply, text);
        Assert.Equal(200, call.Status);
        return (string)call.Json["version"]!;
    }

    public async Task<JsonObject> CreateKeyAsync(string body)
    {
        ClientCall call = await SendAsync(ManagementEndpoints.KeyCreate, body);
        Assert.Equal(201, call.Status);
        return call.Json;
    }

    public Task<ClientCall> ChatAsync(string? key, string model = "echo") => SendAsync(
        GatewayEndpoints.ChatCompletions,
        $$"""{"model":"{{model}}","messages":[{"role":"user","content":"Hello!"}]}""",
        key: key,
        headers: ("Content-Type", "application/json"));

    public void Dispose()
    {
        _services.Dispose();
        Folder.Delete(recursive: true);
    }
}
