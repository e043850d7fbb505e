using System.Net;
using System.Text.Json;
using Lightport.EndToEnd.Gateway;
using Lightport.EndToEnd.RealClients;

namespace Lightport.EndToEnd.Reliability;

[Collection(GatewayGroup.Name)]
public sealed class FallbackTests(GatewayFixture gateway)
{
    [Theory]
    [InlineData("fallback-status", false)]
    [InlineData("fallback-status", true)]
    [InlineData("fallback-connect", false)]
    [InlineData("fallback-connect", true)]
    [InlineData("fallback-limit", false)]
    [InlineData("fallback-limit-streamed", true)]
    public async Task Chat_FirstTargetFails_NextOneAnswers(string model, bool stream)
    {
        using HttpClient client = gateway.CreateClient();
        using HttpResponseMessage response = await client.AskAsync(Requests.ChatPath, model, stream);
        string body = await response.Content.ReadAsStringAsync();

        Assert.True(response.StatusCode == HttpStatusCode.OK, body);
        Assert.Contains("stop", body, StringComparison.Ordinal);
        Assert.True(int.Parse(response.Header("x-lightport-attempts")) >= 2);
        Assert.NotEmpty(response.Header("x-lightport-provider"));
        Assert.NotEmpty(response.Header("x-request-id"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Chat_EveryTargetFails_LastProvidersErrorIsTold(bool stream)
    {
        using HttpClient client = gateway.CreateClient();
        using HttpResponseMessage response = await client.AskAsync(Requests.ChatPath, "fallback-none", stream);

        Assert.True((int)response.StatusCode >= 500);
        JsonElement error = await response.ErrorAsync();
        Assert.Contains("too much to do", error.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_RequestItselfIsWrong_IsNotTriedElsewhere()
    {
        using HttpClient client = gateway.CreateClient();
        using HttpResponseMessage response = await client.AskAsync(Requests.ChatPath, "fallback-bad-request");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("1", response.Header("x-lightport-attempts"));
    }

    [Fact]
    public async Task Chat_ProviderFailsOnce_IsAskedAgain()
    {
        using HttpClient client = gateway.CreateClient();
        using HttpResponseMessage response = await client.AskAsync(Requests.ChatPath, "once");

        Assert.Contains("second time lucky", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var calls = gateway.Upstream.CallsOf("fail-once");
        Assert.Equal(2, calls.Count);
        Assert.Equal(calls[0].Raw, calls[1].Raw);
    }

    /// <summary>Once content has gone to the client there is no other target: two answers must not be mixed.</summary>
    [Fact]
    public async Task Chat_TargetFailsMidStream_EndsInAnErrorEvent()
    {
        using HttpClient client = gateway.CreateClient();
        string body = await client.StreamHeldAsync(
            gateway.Upstream, Requests.ChatPath, "fallback-mid", "error-mid@held");

        Assert.Contains("failed with a smile", body, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary.Answer, body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text@whole-name", "text@whole-name")]
    [InlineData("star-wild", "text@wild")]
    public async Task Wildcard_StarCarriedOver_NamesTheUpstreamModel(string model, string upstreamModel)
    {
        using HttpClient client = gateway.CreateClient();
        using HttpResponseMessage response = await client.AskAsync(Requests.ChatPath, model);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Single(gateway.Upstream.CallsOf(upstreamModel));
    }

    [Theory]
    [InlineData("impatient", false, "did not begin to answer within 1 s")]
    [InlineData("impatient", true, "did not begin to answer within 1 s")]
    [InlineData("idle", false, "fell silent in the middle of its answer for 1 s")]
    [InlineData("idle", true, "fell silent in the middle of its answer for 1 s")]
    public async Task Timeout_ProviderIsSilent_IsAnErrorThatNamesTheStage(string model, bool stream, string told)
    {
        using HttpClient client = gateway.CreateClient();
        using HttpResponseMessage response = await client.AskAsync(Requests.ChatPath, model, stream);
        bool begun = model == "idle" && stream;
        string body = begun
            ? await (await response.Content.ReadAsStreamAsync()).ReadUntilBrokenAsync()
            : await response.Content.ReadAsStringAsync();

        Assert.Contains(told, body, StringComparison.Ordinal);
        Assert.Equal(begun ? HttpStatusCode.OK : HttpStatusCode.GatewayTimeout, response.StatusCode);
    }

    [Fact]
    public async Task Provider_WithoutItsSecret_IsAClearErrorThatNamesTheSecret()
    {
        using HttpClient client = gateway.CreateClient();
        using HttpResponseMessage response = await client.AskAsync(Requests.ChatPath, "keyless/text");

        Assert.True((int)response.StatusCode >= 500);
        Assert.NotEmpty((await response.ErrorAsync()).Text("message")!);
    }
}
