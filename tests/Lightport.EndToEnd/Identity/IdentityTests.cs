using System.ClientModel;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Lightport.EndToEnd.Gateway;
using Lightport.EndToEnd.Reliability;
using Lightport.EndToEnd.Upstream;
using OpenAI;
using OpenAI.Chat;

namespace Lightport.EndToEnd.Identity;

/// <summary>The real Server and real clients with an issuer's tokens in place of keys.</summary>
[Collection(ProcessGroup.Name)]
public sealed class IdentityTests : IAsyncLifetime
{
    private const string AdminKey = "canary-admin-key-of-the-first-day";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lightport-");
    private FakeIssuer _issuer = null!;
    private GatewayProcess _gateway = null!;

    /// <summary>One process for all of it: what comes in, what does not, and who may do what.</summary>
    [Fact]
    public async Task Tokens_OpenTheDoorsThatTheirGroupsMay()
    {
        ChatCompletion answer = await Chat(_issuer.Token("staff")).CompleteChatAsync("Hello!");
        Assert.Contains("Hello!", answer.Content[0].Text, StringComparison.Ordinal);

        string wrong = await RefusalAsync("no-such-key");
        Assert.Equal(wrong, await RefusalAsync(_issuer.Token("staff", audience: "api://another")));
        Assert.Equal(wrong, await RefusalAsync(_issuer.Token("strangers")));
        Assert.Equal(wrong, await RefusalAsync(_issuer.Token("staff")[..^4] + "AAAA"));

        Assert.Equal(HttpStatusCode.OK, await ApplyAsync(AdminKey, "management: { admin-key: off }"));
        Assert.Equal(HttpStatusCode.Unauthorized, await ApplyAsync(AdminKey, ""));
        Assert.Equal(HttpStatusCode.Forbidden, await ApplyAsync(_issuer.Token("watch"), ""));
        Assert.Equal(HttpStatusCode.OK, await ApplyAsync(_issuer.Token("lead"), "models: { b: echo/b }"));
        using HttpClient client = Client(_issuer.Token("watch"));
        var versions = JsonElement.Parse(
            await client.GetStringAsync(new Uri("/manage/config/versions", UriKind.Relative)));
        Assert.Equal("lead@contoso.com", versions.GetProperty("versions")[0].GetProperty("author").GetString());

        Assert.DoesNotContain(_issuer.Token("staff").Split('.')[1], _gateway.Output, StringComparison.Ordinal);
        Assert.Contains("it is for another audience", _gateway.Output, StringComparison.Ordinal);
    }

    public async Task InitializeAsync()
    {
        _issuer = await FakeIssuer.StartAsync();
        string file = Path.Combine(_folder.FullName, "lightport.yaml");
        await File.WriteAllTextAsync(file, Document(""));
        _gateway = await GatewayProcess.StartServerAsync(
            file,
            new Dictionary<string, string>
            {
                ["LIGHTPORT_ADMIN_KEY"] = AdminKey,
                ["LIGHTPORT_DATA"] = Path.Combine(_folder.FullName, "data"),
            },
            "gateway-identity.log");
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _issuer.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private string Document(string more) => $$"""
        identity:
          issuers:
            - issuer: "{{_issuer.Name}}"
              audience: "{{FakeIssuer.Audience}}"
              groups: { map: { staff: { models: [echo] } } }
              admins: { watch: [read], lead: [configuration] }
        {{more}}
        """;

    private ChatClient Chat(string token) => new OpenAIClient(
        new ApiKeyCredential(token), new OpenAIClientOptions { Endpoint = new Uri(_gateway.Address, "v1") })
        .GetChatClient("echo");

    private HttpClient Client(string key)
    {
        var client = new HttpClient(new SocketsHttpHandler()) { BaseAddress = _gateway.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    private async Task<string> RefusalAsync(string key)
    {
        using HttpClient client = Client(key);
        using HttpResponseMessage response = await client.AskAsync(Requests.ChatPath, "echo");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    private async Task<HttpStatusCode> ApplyAsync(string key, string more)
    {
        using HttpClient client = Client(key);
        using var body = new StringContent(Document(more), Encoding.UTF8);
        using HttpResponseMessage response =
            await client.PutAsync(new Uri("/manage/config", UriKind.Relative), body);
        return response.StatusCode;
    }
}
