using System.Net;
using System.Text.Json;
using Lightport.EndToEnd.Gateway;
using Lightport.EndToEnd.RealClients;

namespace Lightport.EndToEnd.Reliability;

[Collection(GatewayGroup.Name)]
public sealed class AdmissionTests(GatewayFixture gateway)
{
    private const StringComparison Exactly = StringComparison.Ordinal;
    private const StringComparison AnyCase = StringComparison.OrdinalIgnoreCase;

    [Theory]
    [InlineData(Requests.ChatPath)]
    [InlineData(Requests.MessagesPath)]
    [InlineData("/v1/embeddings")]
    [InlineData("/v1/completions")]
    public async Task AnyDoor_NoKeyOrAWrongOne_IsTheSame401(string path)
    {
        var bodies = new List<string>();
        foreach (string? key in (string?[])[null, Canary.WrongKey, Canary.ExpiredKey])
        {
            using HttpClient client = gateway.CreateClient(key);
            using HttpResponseMessage response = await client.AskAsync(path, "oai/text@admission");

            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            bodies.Add((await response.ErrorAsync()).GetRawText());
        }

        Assert.Single(bodies.Distinct());
        Assert.Empty(gateway.Upstream.CallsOf("text@admission"));
    }

    [Theory]
    [InlineData("x-api-key")]
    [InlineData("api-key")]
    [InlineData("x-goog-api-key")]
    public async Task Chat_KeyInAnotherClientsHeader_IsLetIn(string header)
    {
        using HttpClient client = gateway.CreateClient(key: null);
        client.DefaultRequestHeaders.Add(header, Canary.ClientKey);
        using HttpResponseMessage response = await client.AskAsync(Requests.ChatPath, "oai/text");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task LimitedKey_ModelNotItsOwn_IsRefusedAndNotListed()
    {
        using HttpClient client = gateway.CreateClient(Canary.LimitedKey);
        using HttpResponseMessage allowed = await client.AskAsync(Requests.ChatPath, "named");
        using HttpResponseMessage refused = await client.AskAsync(Requests.ChatPath, "oai/text");
        using HttpResponseMessage list = await client.GetAsync("/v1/models");

        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        Assert.True((int)refused.StatusCode is 403 or 404);
        JsonElement ids = (await list.JsonAsync()).GetProperty("data");
        Assert.Equal(["named"], ids.EnumerateArray().Select(item => item.Text("id")));
    }

    [Fact]
    public async Task Health_NoKey_Answers()
    {
        using HttpClient client = gateway.CreateClient(key: null);
        using HttpResponseMessage health = await client.GetAsync("/health");
        using HttpResponseMessage models = await client.GetAsync("/v1/models");

        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, models.StatusCode);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/hello")]
    public async Task Probe_NoKey_IsAnswered(string path)
    {
        using HttpClient client = gateway.CreateClient(key: null);
        using var request = new HttpRequestMessage(HttpMethod.Head, path);
        using HttpResponseMessage response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Provider_GetsItsOwnKeyAndNothingOfTheClients()
    {
        using HttpClient client = gateway.CreateClient();
        client.DefaultRequestHeaders.Add("cookie", "session=1");
        client.DefaultRequestHeaders.Add("x-functions-key", "f");
        client.DefaultRequestHeaders.Add("x-ms-client-principal", "p");
        client.DefaultRequestHeaders.Add("api-key", Canary.ClientKey);
        (await client.AskAsync(Requests.ChatPath, "oai/text@headers")).Dispose();
        (await client.AskAsync(Requests.MessagesPath, "ant/text@headers")).Dispose();

        var calls = gateway.Upstream.CallsOf("text@headers");
        Assert.Equal($"Bearer {Canary.OpenAIKey}", calls[0].Header("authorization"));
        Assert.Equal(Canary.AnthropicKey, calls[1].Header("x-api-key"));
        Assert.NotEmpty(calls[1].Header("anthropic-version"));
        foreach (var call in calls)
        {
            Assert.DoesNotContain(call.Headers.Values, value => value.Contains(Canary.ClientKey, Exactly));
            Assert.DoesNotContain(call.Headers.Keys, name => name.StartsWith("x-ms-", AnyCase));
            Assert.DoesNotContain("cookie", call.Headers.Keys, StringComparer.OrdinalIgnoreCase);
            Assert.DoesNotContain("x-functions-key", call.Headers.Keys, StringComparer.OrdinalIgnoreCase);
        }
    }
}
