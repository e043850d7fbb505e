using System.Net;
using System.Text.Json;
using Lightport.EndToEnd.Gateway;
using Lightport.EndToEnd.RealClients;
using Lightport.EndToEnd.Upstream;

namespace Lightport.EndToEnd.Reliability;

/// <summary>A broken provider never looks like a clean end (law 8), for every pair of dialects.</summary>
[Collection(GatewayGroup.Name)]
public sealed class BrokenUpstreamTests(GatewayFixture gateway, BrokenStreams streams) : IClassFixture<BrokenStreams>
{
    private static readonly string[] Providers = ["oai", "exact", "ant"];

    public static TheoryData<string, string> Whole =>
        Pairs("reset-head", "truncated", "garbage", "error-html", "error-200");

    public static TheoryData<string, string> BeforeContent =>
        Pairs("reset-head", "garbage", "error-html", "error-200", "error-500");

    public static TheoryData<string, string> AfterContent =>
        Pairs("reset-mid", "garbage-mid", "error-mid", "end-early");

    [Theory]
    [MemberData(nameof(Whole))]
    public async Task Whole_BrokenAnswer_IsAnErrorOfTheProvider(string path, string model)
    {
        using HttpClient client = gateway.CreateClient();
        using HttpResponseMessage response = await client.AskAsync(path, model);

        JsonElement error = await response.ErrorAsync();
        Assert.True((int)response.StatusCode is >= 500 and < 600, $"{response.StatusCode} {error.GetRawText()}");
        Assert.DoesNotContain("not json at all", error.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(BeforeContent))]
    public async Task Stream_BrokenBeforeContent_IsARealStatus(string path, string model)
    {
        using HttpClient client = gateway.CreateClient();
        using HttpResponseMessage response = await client.AskAsync(path, model, stream: true);

        JsonElement error = await response.ErrorAsync();
        Assert.True((int)response.StatusCode is >= 500 and < 600, $"{response.StatusCode} {error.GetRawText()}");
    }

    [Theory]
    [MemberData(nameof(AfterContent))]
    public async Task Stream_BrokenAfterContent_EndsInAnErrorEvent(string path, string model)
    {
        string body = await streams.BodyAsync(path, model);

        Assert.Contains("\"error\"", body, StringComparison.Ordinal);
        Assert.DoesNotContain("\"finish_reason\":\"stop\"", body, StringComparison.Ordinal);
        Assert.DoesNotContain("\"stop_reason\":\"end_turn\"", body, StringComparison.Ordinal);
        if (path == Requests.MessagesPath)
        {
            Assert.Contains("event: error", body, StringComparison.Ordinal);
            Assert.DoesNotContain("message_stop", body, StringComparison.Ordinal);
        }
        else
        {
            Assert.DoesNotContain("[DONE]", body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(Requests.ChatPath, "oai")]
    [InlineData(Requests.ChatPath, "exact")]
    [InlineData(Requests.ChatPath, "ant")]
    [InlineData(Requests.MessagesPath, "oai")]
    [InlineData(Requests.MessagesPath, "ant")]
    public async Task Answer_TenMegabytesInOne_ArrivesWhole(string path, string provider)
    {
        using HttpClient client = gateway.CreateClient();
        foreach (bool stream in (bool[])[false, true])
        {
            using HttpResponseMessage response = await client.AskAsync(path, $"{provider}/big-event", stream);
            string body = await response.Content.ReadAsStringAsync();

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Contains(new string('x', FaultScripts.BigEventLetters), body, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(Requests.ChatPath, "oai")]
    [InlineData(Requests.ChatPath, "exact")]
    [InlineData(Requests.MessagesPath, "oai")]
    public async Task Stream_EventOverTheLimit_EndsInAnError(string path, string provider)
    {
        using HttpClient client = gateway.CreateClient();
        using HttpResponseMessage response = await client.AskAsync(path, $"{provider}/too-big-event", stream: true);
        await using Stream stream = await response.Content.ReadAsStreamAsync();
        string body = await stream.ReadUntilBrokenAsync();

        Assert.Contains("\"error\"", body, StringComparison.Ordinal);
        Assert.True(body.Length < 1024 * 1024);
    }

    private static TheoryData<string, string> Pairs(params string[] scripts)
    {
        var pairs = new TheoryData<string, string>();
        foreach (string path in (string[])[Requests.ChatPath, Requests.MessagesPath])
        {
            foreach (string model in from script in scripts from provider in Providers select $"{provider}/{script}")
            {
                pairs.Add(path, model);
            }
        }

        return pairs;
    }
}
