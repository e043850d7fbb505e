using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Lightport.EndToEnd.Gateway;

namespace Lightport.EndToEnd.Management;

/// <summary>A Server that is managed, with its files in a folder that outlives each of its processes.</summary>
internal sealed class ManagedServer(Uri upstream) : IAsyncDisposable
{
    public const string AdminKey = "canary-admin-key-7f20a1c4";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lightport-");
    private GatewayProcess? _process;

    public GatewayProcess Process => _process ?? throw new InvalidOperationException("It is not started.");

    /// <param name="drain">As <c>LIGHTPORT_DRAIN</c>.</param>
    public async Task StartAsync(string drain = "30s") => _process = await LaunchAsync(drain);

    /// <summary>Another process on the same files; it must not come up.</summary>
    /// <returns>What it printed.</returns>
    public async Task<string> StartAnotherAsync()
    {
        InvalidOperationException failed = await Assert.ThrowsAsync<InvalidOperationException>(() => LaunchAsync("30s"));
        return failed.Message;
    }

    /// <summary>A stop as it should be: everything that is known is written.</summary>
    public async Task<int> StopAsync()
    {
        Process.Terminate();
        return await Process.ExitAsync(TimeSpan.FromSeconds(60));
    }

    public HttpClient Client(string key)
    {
        var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = Process.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    public async Task<JsonElement> ManageAsync(HttpMethod method, string path, string? body = null)
    {
        using HttpClient client = Client(AdminKey);
        using var request = new HttpRequestMessage(method, path)
        {
            Content = body is null ? null : new StringContent(body, Encoding.UTF8),
        };
        using HttpResponseMessage response = await client.SendAsync(request);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, text);
        return text.Length == 0 ? default : JsonElement.Parse(text);
    }

    public Task<JsonElement> ApplyAsync(string models) => ManageAsync(HttpMethod.Put, "/manage/config", $$"""
        providers:
          oai: { use: openai-compatible, base-url: "{{upstream}}v1", key: FAKE_OPENAI_KEY }
        models: {{models}}
        """);

    public async Task<string> CreateKeyAsync(string name) =>
        (await ManageAsync(HttpMethod.Post, "/manage/keys", $$"""{"name":"{{name}}"}"""))
        .GetProperty("key").GetString()!;

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private Task<GatewayProcess> LaunchAsync(string drain) => GatewayProcess.StartServerAsync(
        Path.Combine(_folder.FullName, "lightport.yaml"),
        new Dictionary<string, string>
        {
            ["LIGHTPORT_ADMIN_KEY"] = AdminKey,
            ["LIGHTPORT_DATA"] = Path.Combine(_folder.FullName, "data"),
            ["LIGHTPORT_DRAIN"] = drain,
        },
        $"gateway-managed-{_folder.Name}.log");
}
