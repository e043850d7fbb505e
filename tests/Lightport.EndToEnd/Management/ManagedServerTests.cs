using System.Net;
using System.Text.Json;
using Lightport.EndToEnd.Gateway;
using Lightport.EndToEnd.Reliability;
using Lightport.EndToEnd.Upstream;

namespace Lightport.EndToEnd.Management;

/// <summary>A Server's life under management: what is applied is in force, and outlives its processes.</summary>
[Collection(ProcessGroup.Name)]
public sealed class ManagedServerTests(UpstreamFixture fixture) : IAsyncLifetime
{
    private readonly ManagedServer _server = new(new Uri(fixture.Upstream.Address));

    [Fact]
    public async Task Start_OnFilesThatAnotherProcessKeeps_IsRefusedWithAWayOut()
    {
        await _server.StartAsync();

        string printed = await _server.StartAnotherAsync();

        Assert.Contains("LIGHTPORT_DATA", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", printed.Split("It printed:")[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConfigurationAndKeys_AreInForceAtOnce_AndAfterARestart()
    {
        await _server.StartAsync();
        await _server.ApplyAsync("{ mine: oai/text }");
        string kept = await _server.CreateKeyAsync("kept");
        string removed = await _server.CreateKeyAsync("removed");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await AskAsync(kept), await AskAsync(removed)));

        string id = (await _server.ManageAsync(HttpMethod.Get, "/manage/keys")).GetProperty("keys").EnumerateArray()
            .Single(key => key.GetProperty("name").GetString() == "removed").GetProperty("id").GetString()!;
        await _server.ManageAsync(HttpMethod.Delete, $"/manage/keys/{id}");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (await AskAsync(kept), await AskAsync(removed)));

        Assert.Equal(0, await _server.StopAsync());
        await _server.StartAsync();
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (await AskAsync(kept), await AskAsync(removed)));
    }

    [Fact]
    public async Task Rollback_IsWhatClientsGet()
    {
        await _server.StartAsync();
        await _server.ApplyAsync("{ mine: oai/text }");
        string key = await _server.CreateKeyAsync("client");
        await _server.ApplyAsync("{ mine: oai/error-500 }");
        Assert.Equal(HttpStatusCode.InternalServerError, await AskAsync(key));

        await _server.ManageAsync(HttpMethod.Post, "/manage/config/rollback");

        Assert.Equal(HttpStatusCode.OK, await AskAsync(key));
    }

    [Fact]
    public async Task Usage_OfEveryProcess_IsInTheSum()
    {
        await _server.StartAsync();
        await _server.ApplyAsync("{ mine: oai/text }");
        string key = await _server.CreateKeyAsync("client");
        await AskAsync(key);
        await AskAsync(key);
        await _server.StopAsync();
        await _server.StartAsync();
        await AskAsync(key);

        JsonElement total = await UsageAsync(requests: 3);
        Assert.Equal((3, 60), (total.GetProperty("requests").GetInt32(), total.GetProperty("input").GetInt32()));
    }

    /// <summary>What was written before stays; what was not is at most the interval's.</summary>
    [Fact]
    public async Task Kill_LosesNothingThatWasWritten()
    {
        await _server.StartAsync();
        await _server.ApplyAsync("{ mine: oai/text }");
        string key = await _server.CreateKeyAsync("client");
        await AskAsync(key);

        // A look at the usage writes it, as the interval would.
        await UsageAsync(requests: 1);
        await AskAsync(key);
        await _server.Process.KillAsync();
        await _server.StartAsync();

        Assert.InRange((await UsageAsync(requests: 1)).GetProperty("requests").GetInt32(), 1, 2);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(key));
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _server.DisposeAsync();

    /// <summary>The sums once they hold so many requests: one is counted a moment after its client has its answer.</summary>
    private async Task<JsonElement> UsageAsync(int requests)
    {
        using var patience = new CancellationTokenSource(FakeUpstream.Patience);
        while (true)
        {
            JsonElement total = (await _server.ManageAsync(HttpMethod.Get, "/manage/usage")).GetProperty("total");
            if (total.GetProperty("requests").GetInt32() >= requests)
            {
                return total;
            }

            patience.Token.ThrowIfCancellationRequested();
        }
    }

    private async Task<HttpStatusCode> AskAsync(string key)
    {
        using HttpClient client = _server.Client(key);
        using HttpResponseMessage response = await client.AskAsync(Requests.ChatPath, "mine");
        await response.Content.ReadAsStringAsync();
        return response.StatusCode;
    }
}
