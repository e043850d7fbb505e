using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Lightport.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Lightport.Tests.Server;

/// <summary>The gateway inside an app of somebody else, on that app's own web server.</summary>
public sealed class EmbeddedGatewayTests : IAsyncLifetime
{
    private const string Key = "lp-canary-embedded";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lightport-");
    private WebApplication? _app;

    /// <summary>Opened in the app's code, where no setting shows it.</summary>
    [Fact]
    public async Task Start_OpenOnEveryAddress_IsRefused()
    {
        WebApplicationBuilder builder = Builder();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Any, 0));

        var refused = await Assert.ThrowsAsync<ConfigurationException>(() => StartAsync(builder));
        Assert.Contains("LIGHTPORT_KEY", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_OpenOnEveryAddressByKestrelsOwnSetting_IsRefused()
    {
        WebApplicationBuilder builder = Builder(("Kestrel:Endpoints:Public:Url", "http://0.0.0.0:0"));

        await Assert.ThrowsAsync<ConfigurationException>(() => StartAsync(builder));
    }

    /// <summary>It would lock everybody out.</summary>
    [Theory]
    [InlineData("LIGHTPORT_ADMIN_KEY", "canary-short", "has 12 characters, and so few can be guessed")]
    [InlineData("LIGHTPORT_ADMIN_KEY", "  canary-short     \n", "has 12 characters, and so few can be guessed")]
    [InlineData("LIGHTPORT_ADMIN_KEY", "canary key of sixteen", "holds a character that no header can carry")]
    [InlineData("LIGHTPORT_KEY", "canary-schlüssel", "holds a character that no header can carry")]
    [InlineData("LIGHTPORT_KEY", " \n", "is blank")]
    public async Task Start_KeyThatNobodyCanShow_IsRefusedAndNotShown(string name, string key, string wrong)
    {
        WebApplicationBuilder builder = Builder((name, key), ("urls", "http://127.0.0.1:0"));

        var refused = await Assert.ThrowsAsync<ConfigurationException>(() => StartAsync(builder));
        Assert.StartsWith($"{name} {wrong};", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_WithTheLineEndOfAFile_IsTheKey()
    {
        using HttpClient client = await ListenAsync(settings: ("LIGHTPORT_KEY", Key + "\n"));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);

        Assert.Equal(HttpStatusCode.OK, (await ChatAsync(client)).StatusCode);
    }

    [Fact]
    public async Task Reload_ToOpenOnEveryAddress_IsRefused()
    {
        WebApplicationBuilder builder = Builder(("LIGHTPORT_KEY", Key));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Any, 0));
        await StartAsync(builder);
        ConfigurationStore store = _app!.Services.GetRequiredService<ConfigurationStore>();

        await WriteAsync("admission: { mode: open }");
        store.Reload();

        Assert.Contains("Refusing to listen", store.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_OnLoopback_ServesProgramsAndNoPage()
    {
        using HttpClient client = await ListenAsync();

        Assert.Equal(HttpStatusCode.OK, (await ChatAsync(client)).StatusCode);
        client.DefaultRequestHeaders.Add("Origin", "https://evil.example");
        Assert.Equal(HttpStatusCode.Forbidden, (await ChatAsync(client)).StatusCode);
        client.DefaultRequestHeaders.Remove("Origin");
        client.DefaultRequestHeaders.Host = "evil.example";
        Assert.Equal(HttpStatusCode.Forbidden, (await ChatAsync(client)).StatusCode);
    }

    /// <summary>A preflight takes no key, and the web server's routing must lead it to the gateway.</summary>
    [Theory]
    [InlineData("/v1/chat/completions", true)]
    [InlineData("/v1/models/openai/gpt-4o", true)]
    [InlineData("/v1/nothing", true)]
    [InlineData("/manage/config", false)]
    [InlineData("/Manage/keys/x/rotate", false)]
    public async Task Preflight_OfAListedOrigin_IsGrantedButForManagement(string path, bool granted)
    {
        using HttpClient client = await ListenAsync(
            "cors: { origins: [\"https://app.contoso.com\"] }",
            ("LIGHTPORT_KEY", Key), ("LIGHTPORT_ADMIN_KEY", "canary-admin-key-0123456789"));
        using var preflight = new HttpRequestMessage(HttpMethod.Options, path);
        preflight.Headers.Add("Origin", "https://app.contoso.com");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "authorization,content-type,x-stainless-os");

        using HttpResponseMessage answer = await client.SendAsync(preflight);

        Assert.Equal(granted, answer.StatusCode == HttpStatusCode.NoContent);
        Assert.Equal(granted, answer.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Equal(granted, answer.Headers.Contains("Access-Control-Allow-Headers"));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private static Task<HttpResponseMessage> ChatAsync(HttpClient client) => client.PostAsync(
        new Uri("/v1/chat/completions", UriKind.Relative),
        new StringContent(
            """{"model":"echo","messages":[{"role":"user","content":"hi"}]}""",
            Encoding.UTF8,
            new MediaTypeHeaderValue("application/json")));

    private async Task<HttpClient> ListenAsync(
        string document = "direct: on",
        params (string Name, string Value)[] settings)
    {
        await WriteAsync(document);
        await StartAsync(Builder([("urls", "http://127.0.0.1:0"), .. settings]));
        return new HttpClient(new SocketsHttpHandler()) { BaseAddress = new Uri(_app!.Urls.Single()) };
    }

    private WebApplicationBuilder Builder(params (string Name, string Value)[] settings)
    {
        string document = Path.Combine(_folder.FullName, "lightport.yaml");
        if (!File.Exists(document))
        {
            File.WriteAllText(document, "direct: on");
        }

        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LIGHTPORT_CONFIG"] = document,
            ["LIGHTPORT_DATA"] = Path.Combine(_folder.FullName, "data"),
        });
        builder.Configuration.AddInMemoryCollection(settings.Select(
            setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)));
        builder.Services.AddLightport(builder.Configuration);
        return builder;
    }

    private async Task StartAsync(WebApplicationBuilder builder)
    {
        _app = builder.Build();
        _app.MapLightport();
        await _app.StartAsync();
    }

    private Task WriteAsync(string document) =>
        File.WriteAllTextAsync(Path.Combine(_folder.FullName, "lightport.yaml"), document);
}
