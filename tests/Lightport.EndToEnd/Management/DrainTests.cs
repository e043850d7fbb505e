using System.Net;
using System.Text.Json;
using Lightport.EndToEnd.Gateway;
using Lightport.EndToEnd.Reliability;
using Lightport.EndToEnd.Upstream;

namespace Lightport.EndToEnd.Management;

/// <summary>A process that is told to stop lets open streams finish, for a while.</summary>
[Collection(ProcessGroup.Name)]
public sealed class DrainTests(UpstreamFixture fixture) : IAsyncLifetime
{
    private readonly ManagedServer _server = new(new Uri(fixture.Upstream.Address));

    [Fact]
    public async Task Stop_OpenStream_IsFinishedAndNewRequestsAreNot()
    {
        await _server.StartAsync("60s");
        (HttpResponseMessage answer, UpstreamCall call) = await BeginAsync("hold-body@drained");
        using HttpResponseMessage response = answer;
        await using Stream body = await response.Content.ReadAsStreamAsync();
        string text = await body.ReadUntilAsync("partial");

        _server.Process.Terminate();
        await WaitUntilNobodyListensAsync();
        call.Release.SetResult();
        using var reader = new StreamReader(body);
        text += await reader.ReadToEndAsync().WaitAsync(FakeUpstream.Patience);

        Assert.EndsWith("data: [DONE]\n\n", text);
        Assert.DoesNotContain("\"error\"", text, StringComparison.Ordinal);
        Assert.Equal(0, await _server.Process.ExitAsync(FakeUpstream.Patience));
    }

    [Fact]
    public async Task Stop_StreamThatOutlastsTheTime_EndsWithAnErrorThatSaysSo()
    {
        await _server.StartAsync("1s");
        (HttpResponseMessage answer, UpstreamCall call) = await BeginAsync("hold-body@outlasts");
        using HttpResponseMessage response = answer;
        await using Stream body = await response.Content.ReadAsStreamAsync();
        string text = await body.ReadUntilAsync("partial");

        _server.Process.Terminate();
        text += await body.ReadUntilBrokenAsync();

        Assert.Contains("\"code\":\"shutting_down\"", text, StringComparison.Ordinal);
        await call.Canceled.WaitAsync(FakeUpstream.Patience);
        Assert.Equal(0, await _server.Process.ExitAsync(FakeUpstream.Patience));
    }

    [Fact]
    public async Task Stop_UploadThatOutlastsTheTime_EndsWellAndUsageIsWritten()
    {
        await _server.StartAsync("1s");
        await _server.ApplyAsync("{ mine: echo/x }");
        string key = await _server.CreateKeyAsync("client");
        using HttpClient client = _server.Client(key);
        (await client.AskAsync(Requests.ChatPath, "mine")).EnsureSuccessStatusCode();
        using var upload = new EndlessUpload();
        using var request = new HttpRequestMessage(HttpMethod.Post, Requests.ChatPath) { Content = upload };
        Task<HttpResponseMessage> answer = client.SendAsync(request);
        await upload.Begun;

        Assert.Equal(0, await _server.StopAsync());

        upload.Dispose();
        Assert.IsType<HttpRequestException>(await Record.ExceptionAsync(() => answer));
        await _server.StartAsync();
        JsonElement usage = await _server.ManageAsync(HttpMethod.Get, "/manage/usage");
        Assert.True(usage.GetProperty("total").GetProperty("requests").GetInt32() >= 1, usage.ToString());
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _server.DisposeAsync();

    private async Task<(HttpResponseMessage Response, UpstreamCall Call)> BeginAsync(string model)
    {
        await _server.ApplyAsync($"{{ mine: \"oai/{model}\" }}");
        using HttpClient client = _server.Client(await _server.CreateKeyAsync("client"));
        HttpResponseMessage response = await client.AskAsync(Requests.ChatPath, "mine", stream: true);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return (response, await fixture.Upstream.ArrivalAsync(model));
    }

    private async Task WaitUntilNobodyListensAsync()
    {
        using var patience = new CancellationTokenSource(FakeUpstream.Patience);
        bool listening = true;
        while (listening)
        {
            try
            {
                using HttpClient client = _server.Client("any");
                using HttpResponseMessage health =
                    await client.GetAsync(new Uri("/health", UriKind.Relative), patience.Token);
            }
            catch (HttpRequestException)
            {
                listening = false;
            }
        }
    }
}
