using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Lightport.EndToEnd.Gateway;
using Lightport.EndToEnd.Upstream;

namespace Lightport.EndToEnd.Reliability;

/// <summary>What is no HTTP, or quotes a key, on the way from a provider or from a client.</summary>
[Collection(GatewayGroup.Name)]
public sealed class IllegalAnswerTests : IAsyncLifetime
{
    private const string Chat =
        """{"id":"c-1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"told"}}]}""";

    private static readonly string OwnLog = $"gateway-illegal-{Guid.NewGuid():N}";

    private readonly RawUpstream _upstream = new();
    private GatewayProcess? _gateway;

    private GatewayProcess Gateway => _gateway ?? throw new InvalidOperationException("It is not started.");

    [Theory]
    [InlineData("control", "x-ratelimit-note: a\u0001b")]
    [InlineData("latin", "x-ratelimit-note: caf\u00e9")]
    public async Task HeaderThatNoServerMaySend_CostsNoAnswer(string model, string header)
    {
        _upstream.Answer(model, Answer("200 OK", header, Chat));
        using HttpResponseMessage response = await AskAsync(model);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains("told", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Matches("[?]", response.Headers.GetValues("x-ratelimit-note").Single());
    }

    [Theory]
    [InlineData("control-error", "400 Bad Request", "x-ratelimit-note: a\u0001b", 400)]
    [InlineData("status-600", "600 Beyond", "x-plain: 1", 502)]
    [InlineData("status-999", "999 Beyond", "x-plain: 1", 502)]
    public async Task ErrorThatNoServerMaySend_IsAnErrorThatOneMay(
        string model, string status, string header, int expected)
    {
        _upstream.Answer(model, Answer(status, header, """{"error":{"message":"told"}}"""));
        using HttpResponseMessage response = await AskAsync(model);
        JsonElement error = await response.ErrorAsync();
        Assert.True((int)response.StatusCode == expected, error.GetRawText());
    }

    [Fact]
    public async Task ChunkLongerThanAllNumbers_Is502()
    {
        _upstream.Answer(
            "chunk", "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"
                + "fffffffffffffffff\r\n{}");
        using HttpResponseMessage response = await AskAsync("chunk");
        Assert.Equal(HttpStatusCode.BadGateway, response.StatusCode);
    }

    [Fact]
    public async Task ClientsChunkLongerThanAllNumbers_Is400()
    {
        using RawClient client = await RawClient.ConnectAsync(Gateway.Address);
        await client.SendAsync(
            $"POST {Requests.ChatPath} HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n"
            + "content-type: application/json\r\n\r\nfffffffffffffffff\r\n{}");
        Assert.StartsWith("HTTP/1.1 400 ", await client.ReadHeadAsync());
    }

    [Fact]
    public async Task KeyInAnAddress_IsNotLogged()
    {
        using HttpClient client = Client();
        using HttpResponseMessage models = await client.GetAsync("/v1/models?key=" + Canary.WrongKey);
        using HttpResponseMessage manage = await client.GetAsync("/manage/config?key=" + Canary.WrongKey);
        Assert.Equal(HttpStatusCode.OK, models.StatusCode);
        Gateway.Terminate();
        Assert.Equal(0, await Gateway.ExitAsync(FakeUpstream.Patience));
        Assert.DoesNotContain(Canary.WrongKey, Gateway.Output, StringComparison.Ordinal);
    }

    public async Task InitializeAsync()
    {
        string config = Path.Combine(RepositoryFiles.Artifacts, OwnLog + ".yaml");
        await File.WriteAllTextAsync(config, $$"""
            providers:
              raw: { use: openai-compatible, base-url: "{{_upstream.Address}}/v1", key: FAKE_OPENAI_KEY }
            models:
              "*": { targets: [raw/*], retry: { attempts: 1 } }
            """);
        _gateway = await GatewayProcess.StartServerAsync(
            config,
            new Dictionary<string, string>
            {
                ["Logging__LogLevel__Default"] = "Trace",
                ["Logging__LogLevel__Microsoft.AspNetCore"] = "Trace",
                ["Logging__LogLevel__Microsoft.AspNetCore.Hosting.Diagnostics"] = "Trace",
            },
            OwnLog + ".log");
    }

    public async Task DisposeAsync()
    {
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }

        await _upstream.DisposeAsync();
    }

    private static string Answer(string status, string header, string body) =>
        $"HTTP/1.1 {status}\r\ncontent-type: application/json\r\n{header}\r\n"
        + $"content-length: {body.Length}\r\nconnection: close\r\n\r\n{body}";

    private HttpClient Client() => new(new SocketsHttpHandler()) { BaseAddress = Gateway.Address };

    private async Task<HttpResponseMessage> AskAsync(string model)
    {
        using HttpClient client = Client();
        return await client.PostAsync(
            Requests.ChatPath, $$"""{"model":"{{model}}","messages":[{"role":"user","content":"hi"}]}""");
    }
}
