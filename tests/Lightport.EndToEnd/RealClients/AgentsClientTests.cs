using System.Text.Json;
using Lightport.EndToEnd.Gateway;
using Lightport.EndToEnd.Upstream;

namespace Lightport.EndToEnd.RealClients;

/// <summary>npm <c>@openai/agents</c>, by Responses and by chat, against a provider of every wire.</summary>
[Collection(GatewayGroup.Name)]
public sealed class AgentsClientTests(GatewayFixture gateway)
{
    public static TheoryData<string, string> Pairs => Providers.Times("responses", "chat");

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Run_WholeAndStreamed_GivesTheSameAnswer(string client, string provider) =>
        Assert.Equal($"Ünï 🧭 {Canary.Answer}", (await AnswerAsync(client, provider, "chat")).Text("text"));

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Run_OverThreeTurns_EndsInText(string client, string provider)
    {
        JsonElement answer = await AnswerAsync(client, provider, "chain");

        Assert.Equal("sunny in Oslo then sunny in Rome", answer.Text("text"));
        Json.Equal(
            """[{"name":"weather","arguments":{"city":"Oslo"}},{"name":"weather","arguments":{"city":"Rome"}}]""",
            answer.GetProperty("calls"));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Run_WithCallsInParallel_KeepsTheirOrder(string client, string provider)
    {
        JsonElement answer = await AnswerAsync(client, provider, "parallel");

        (string first, string second) = (Providers.Called(provider, "call_a"), Providers.Called(provider, "call_b"));
        Assert.Equal($"{first}=sunny in Oslo, {second}=sunny in Rome", answer.Text("text"));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Output_BySchema_IsTheObject(string client, string provider) =>
        Json.Equal(Scripts.Person, (await AnswerAsync(client, provider, "structured")).GetProperty("text"));

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Failure_IsTheSdksOwnError(string client, string provider)
    {
        JsonElement limit = await ResultAsync(client, provider, "error429");
        JsonElement key = await ResultAsync(client, provider, "wrongKey");

        Assert.Equal((429, 401), (limit.GetProperty("status").GetInt32(), key.GetProperty("status").GetInt32()));
        Assert.Contains("slow down", limit.Text("message"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Failure_MidStream_IsNoWholeAnswer(string client, string provider) =>
        Assert.NotEqual("none", (await ResultAsync(client, provider, "errorMid")).Text("class"));

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Cancel_MidStream_ReachesTheProvider(string client, string provider)
    {
        await ResultAsync(client, provider, "cancel");

        await gateway.Upstream.CanceledAsync($"endless@agents-{client}-{provider}");
    }

    private Task<JsonElement> ResultAsync(string client, string provider, string scenario) =>
        gateway.Clients.ResultAsync("agents", provider, $"{client}-{scenario}");

    private async Task<JsonElement> AnswerAsync(string client, string provider, string scenario) =>
        (await gateway.Clients.TurnsAsync("agents", provider, $"{client}-{scenario}")).Single();
}
