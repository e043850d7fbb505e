using System.Net;
using System.Text;
using Lightport.EndToEnd.Gateway;
using Lightport.EndToEnd.Upstream;

namespace Lightport.EndToEnd.Reliability;

/// <summary>Bodies in a process of little memory: large ones cost their senders, and nobody else.</summary>
[Collection(ProcessGroup.Name)]
public sealed class BodyMemoryTests : IAsyncLifetime
{
    private const int Mebibyte = 1024 * 1024;

    private readonly string _log = $"gateway-memory-{Guid.NewGuid():N}";
    private DrainingUpstream? _upstream;
    private GatewayProcess? _gateway;

    private GatewayProcess Gateway => _gateway ?? throw new InvalidOperationException("It is not started.");

    [Fact]
    public async Task Announcements_OfNineHundredMegabytes_FailNoSmallRequest()
    {
        await StartAsync();
        var announcers = new List<RawClient>();
        for (int i = 0; i < 9; i++)
        {
            announcers.Add(await RawClient.ConnectAsync(Gateway.Address));
            await announcers[^1].SendAsync(
                $"POST {Requests.ChatPath} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
                + "content-length: 104857600\r\n\r\n{");
        }

        using HttpClient client = Client();
        for (int i = 0; i < 50; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await SmallAsync(client));
        }

        announcers.ForEach(announcer => announcer.Dispose());
        Assert.DoesNotContain("failed inside the gateway", Gateway.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("passed")]
    [InlineData("translated")]
    public async Task Uploads_OfThreeTimesNinetyMegabytes_FailNoSmallRequest(string model)
    {
        await StartAsync();
        using HttpClient client = Client();
        byte[] body = Large(model, 90 * Mebibyte);
        Task<HttpStatusCode>[] uploads = [.. Enumerable.Range(0, 3).Select(_ => SendAsync(client, body))];
        do
        {
            Assert.Equal(HttpStatusCode.OK, await SmallAsync(client));
        }
        while (!Task.WhenAll(uploads).IsCompleted);

        HttpStatusCode[] answers = await Task.WhenAll(uploads);
        Assert.All(answers, status => Assert.True(
            status is HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable or HttpStatusCode.RequestEntityTooLarge,
            $"{status}"));
        Assert.True(model == "translated" || answers.Contains(HttpStatusCode.OK), string.Join(", ", answers));
        Assert.DoesNotContain("failed inside the gateway", Gateway.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_OfAHundredMegabytes_LeaveNoMemoryTaken()
    {
        await StartAsync(answerBytes: 99 * Mebibyte, heapLimit: null);
        using HttpClient client = Client();
        await SendAsync(client, Large("passed", 16));
        HttpStatusCode[] answers =
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SendAsync(client, Large("passed", 16))));
        Assert.All(answers, status => Assert.Equal(HttpStatusCode.OK, status));
        await Gateway.ShrinksToAsync(200 * Mebibyte, TimeSpan.FromMinutes(1));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }

        if (_upstream is not null)
        {
            await _upstream.DisposeAsync();
        }
    }

    private static byte[] Large(string model, int length)
    {
        byte[] head = Encoding.UTF8.GetBytes(
            $$"""{"model":"{{model}}","max_tokens":9,"messages":[{"role":"user","content":"x""");
        byte[] body = [.. head, .. new byte[length], .. "\"}]}"u8];
        body.AsSpan(head.Length, length).Fill((byte)'x');
        return body;
    }

    private static Task<HttpStatusCode> SmallAsync(HttpClient client) => SendAsync(client, Large("passed", 16));

    private static async Task<HttpStatusCode> SendAsync(HttpClient client, byte[] body)
    {
        using HttpResponseMessage response = await client.PostAsync(Requests.ChatPath, body, "application/json");
        await response.Content.CopyToAsync(Stream.Null);
        return response.StatusCode;
    }

    private async Task StartAsync(int answerBytes = 2, string? heapLimit = "0x18000000")
    {
        _upstream = await DrainingUpstream.StartAsync(answerBytes);
        string config = Path.Combine(RepositoryFiles.Artifacts, _log + ".yaml");
        await File.WriteAllTextAsync(config, $$"""
            providers:
              oai: { use: openai-compatible, base-url: "{{_upstream.Address}}/v1", auth: none }
              ant: { use: anthropic, base-url: "{{_upstream.Address}}/v1", key: FAKE_ANTHROPIC_KEY }
            models: { passed: oai/m, translated: ant/m }
            """);
        _gateway = await GatewayProcess.StartServerAsync(
            config,
            heapLimit is null ? [] : new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = heapLimit },
            _log + ".log");
    }

    private HttpClient Client() => new(new SocketsHttpHandler())
    {
        BaseAddress = Gateway.Address,
        Timeout = TimeSpan.FromMinutes(2),
    };
}
