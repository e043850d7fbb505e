using Lightport.EndToEnd.Gateway;
using Lightport.EndToEnd.Upstream;

namespace Lightport.EndToEnd.Reliability;

/// <summary>A client that leaves takes its call to the provider with it, in every phase.</summary>
[Collection(GatewayGroup.Name)]
public sealed class CancellationTests(GatewayFixture gateway)
{
    public static TheoryData<string, string, bool> Phases
    {
        get
        {
            var phases = new TheoryData<string, string, bool>();
            foreach (string path in (string[])[Requests.ChatPath, Requests.MessagesPath])
            {
                foreach (string provider in (string[])["oai", "exact", "ant"])
                {
                    phases.Add(path, provider, false);
                    phases.Add(path, provider, true);
                }
            }

            return phases;
        }
    }

    [Theory]
    [MemberData(nameof(Phases))]
    public async Task Client_LeavesBeforeTheAnswer_CallIsCanceled(string path, string provider, bool stream)
    {
        string model = $"hold-head@{path}-{provider}-{stream}";
        using var leave = new CancellationTokenSource();
        using HttpClient client = gateway.CreateClient();
        Task<HttpResponseMessage> asking = client.AskAsync(path, $"{provider}/{model}", stream, leave.Token);
        UpstreamCall call = await gateway.Upstream.ArrivalAsync(model);

        await leave.CancelAsync();

        await call.Canceled.WaitAsync(FakeUpstream.Patience);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
    }

    [Theory]
    [MemberData(nameof(Phases))]
    public async Task Client_LeavesASilentStream_CallIsCanceled(string path, string provider, bool endless)
    {
        string model = $"{(endless ? "endless" : "hold-body")}@{path}-{provider}";
        using HttpClient client = gateway.CreateClient();
        HttpResponseMessage response = await client.AskAsync(path, $"{provider}/{model}", stream: true);
        await using Stream body = await response.Content.ReadAsStreamAsync();
        await body.ReadUntilAsync("partial");
        UpstreamCall call = await gateway.Upstream.ArrivalAsync(model);

        response.Dispose();

        await call.Canceled.WaitAsync(FakeUpstream.Patience);
    }

    [Theory]
    [InlineData(Requests.ChatPath, "oai")]
    [InlineData(Requests.ChatPath, "ant")]
    [InlineData(Requests.MessagesPath, "oai")]
    [InlineData(Requests.MessagesPath, "ant")]
    public async Task Stream_ProviderPauses_WhatCameIsSentAtOnceAndTheRestAfter(string path, string provider)
    {
        string model = $"hold-body@pause-{path}-{provider}";
        using HttpClient client = gateway.CreateClient();
        using HttpResponseMessage response = await client.AskAsync(path, $"{provider}/{model}", stream: true);
        await using Stream body = await response.Content.ReadAsStreamAsync();
        await body.ReadUntilAsync("partial");

        (await gateway.Upstream.ArrivalAsync(model)).Release.SetResult();

        using var reader = new StreamReader(body);
        string rest = await reader.ReadToEndAsync().WaitAsync(FakeUpstream.Patience);
        Assert.Contains(path == Requests.ChatPath ? "[DONE]" : "message_stop", rest, StringComparison.Ordinal);
    }
}
