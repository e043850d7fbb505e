using System.Text.Json;
using Lightport.EndToEnd.Gateway;
using Lightport.EndToEnd.Upstream;

namespace Lightport.EndToEnd.RealClients;

/// <summary>npm <c>@langchain/openai</c>, by chat and by Responses, against a provider of every wire.</summary>
[Collection(GatewayGroup.Name)]
public sealed class LangChainClientTests(GatewayFixture gateway)
{
    public static TheoryData<string, string> Pairs => Providers.Times("chat", "responses");

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Chat_WholeAndStreamed_GiveTheSameAnswer(string client, string provider)
    {
        JsonElement turn = (await TurnsAsync(client, provider, "chat")).Single();

        Assert.Equal($"Ünï 🧭 {Canary.Answer}", turn.Text("text"));
        Json.Equal("""{"input":20,"output":12}""", turn.GetProperty("usage"));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Tools_OverThreeTurns_EndInText(string client, string provider)
    {
        IReadOnlyList<JsonElement> turns = await TurnsAsync(client, provider, "chain");

        Assert.Equal((3, "sunny in Oslo then sunny in Rome"), (turns.Count, turns[^1].Text("text")));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Tools_InParallel_KeepTheirOrder(string client, string provider)
    {
        IReadOnlyList<JsonElement> turns = await TurnsAsync(client, provider, "parallel");

        (string first, string second) = (Providers.Called(provider, "call_a"), Providers.Called(provider, "call_b"));
        Assert.Equal($"{first}=sunny in Oslo, {second}=sunny in Rome", turns[1].Text("text"));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Structured_BySchema_IsTheObject(string client, string provider) =>
        Json.Equal(Scripts.Person, await ResultAsync(client, provider, "structured"));

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Image_AsDataUri_ReachesTheProvider(string client, string provider) =>
        Assert.Equal("a pixel", (await TurnsAsync(client, provider, "image")).Single().Text("text"));

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

        await gateway.Upstream.CanceledAsync($"endless@langchain-{client}-{provider}");
    }

    private Task<JsonElement> ResultAsync(string client, string provider, string scenario) =>
        gateway.Clients.ResultAsync("langchain", provider, $"{client}-{scenario}");

    private Task<IReadOnlyList<JsonElement>> TurnsAsync(string client, string provider, string scenario) =>
        gateway.Clients.TurnsAsync("langchain", provider, $"{client}-{scenario}");
}
