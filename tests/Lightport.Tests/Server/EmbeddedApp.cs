using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Lightport.Tests.Server;

/// <summary>An app of somebody else with the gateway inside, on a port of its own.</summary>
internal sealed class EmbeddedApp : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lightport-");

    private EmbeddedApp(Action<WebApplicationBuilder>? build, (string Name, string Value)[] settings)
    {
        string document = Path.Combine(_folder.FullName, "lightport.yaml");
        File.WriteAllText(document, "cors: { origins: [\"https://app.contoso.com\"] }");
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["LIGHTPORT_CONFIG"] = document,
            ["LIGHTPORT_DATA"] = Path.Combine(_folder.FullName, "data"),
        });
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value)));
        build?.Invoke(builder);
        builder.Services.AddLightport(builder.Configuration);
        App = builder.Build();
    }

    public WebApplication App { get; }

    public HttpClient Client { get; } = new(new SocketsHttpHandler());

    public static async Task<EmbeddedApp> StartAsync(
        Action<WebApplication> map,
        Action<WebApplicationBuilder>? build = null,
        params (string Name, string Value)[] settings)
    {
        var app = new EmbeddedApp(build, settings);
        map(app.App);
        await app.App.StartAsync();
        app.Client.BaseAddress = new Uri(app.App.Urls.Single());
        return app;
    }

    public async Task<(int Status, string Body)> GetAsync(string path)
    {
        using HttpResponseMessage answer = await Client.GetAsync(new Uri(path, UriKind.Relative));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    public async Task<HttpResponseMessage> PostAsync(string path, string body, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Authorization = key is null ? null : new AuthenticationHeaderValue("Bearer", key);
        return await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
