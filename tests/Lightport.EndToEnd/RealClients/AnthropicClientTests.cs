using System.Text.Json;
using Lightport.EndToEnd.Gateway;
using Lightport.EndToEnd.Upstream;

namespace Lightport.EndToEnd.RealClients;

/// <summary>npm <c>@anthropic-ai/sdk</c> against a provider of every wire, Anthropic's own among them.</summary>
[Collection(GatewayGroup.Name)]
public sealed class AnthropicClientTests(GatewayFixture gateway)
{
    public static TheoryData<string> Every => [.. Providers.All];

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Chat_WholeAndStreamed_GiveTheSameAnswer(string provider)
    {
        JsonElement turn = (await TurnsAsync(provider, "chat")).Single();

        Assert.Equal($"Ünï 🧭 {Canary.Answer}", turn.Text("text"));
        Assert.Equal("end_turn", turn.Text("finish"));
        Json.Equal("""{"input":20,"cacheRead":0,"cacheWrite":0,"output":12}""", turn.GetProperty("usage"));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Chat_CutByTheTokenLimit_StopsWithMaxTokens(string provider)
    {
        JsonElement turn = (await TurnsAsync(provider, "length")).Single();

        Assert.Equal("max_tokens", turn.Text("finish"));
    }

    [Theory]
    [InlineData("ant", """{"input":20,"cacheRead":128,"cacheWrite":64,"output":12}""")]
    [InlineData("oai", """{"input":20,"cacheRead":128,"cacheWrite":0,"output":12}""")]
    [InlineData("res", """{"input":20,"cacheRead":128,"cacheWrite":0,"output":12}""")]
    [InlineData("gem", """{"input":20,"cacheRead":128,"cacheWrite":0,"output":12}""")]
    [InlineData("con", """{"input":20,"cacheRead":128,"cacheWrite":0,"output":12}""")]
    [InlineData("exact", """{"input":20,"cacheRead":128,"cacheWrite":0,"output":12}""")]
    public async Task Usage_CacheClasses_AreCountedAsAnthropicDoes(string provider, string expected)
    {
        JsonElement turn = (await TurnsAsync(provider, "usage")).Single();

        Json.Equal(expected, turn.GetProperty("usage"));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Tools_OneCall_IsAnsweredInTheNextTurn(string provider)
    {
        IReadOnlyList<JsonElement> turns = await TurnsAsync(provider, "tool");

        Assert.Equal("Let me look.", turns[0].Text("text"));
        Assert.Equal("tool_use", turns[0].Text("finish"));
        JsonElement call = Assert.Single(turns[0].GetProperty("calls").EnumerateArray());
        Assert.Equal("weather", call.Text("name"));
        Json.Equal("""{"city":"Zürich"}""", call.GetProperty("input"));
        Assert.Equal($"{Providers.Called(provider, "call_a")} said sunny in Zürich", turns[1].Text("text"));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Tools_InParallel_KeepTheirOrderAndIds(string provider)
    {
        IReadOnlyList<JsonElement> turns = await TurnsAsync(provider, "parallel");

        Assert.Equal(
            ["Oslo", "Rome"],
            turns[0].GetProperty("calls").EnumerateArray().Select(call => call.GetProperty("input").Text("city")));
        (string one, string two) = (Providers.Called(provider, "call_a"), Providers.Called(provider, "call_b"));
        Assert.Equal($"{one}=sunny in Oslo, {two}=sunny in Rome", turns[1].Text("text"));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Tools_OverThreeTurns_EndInText(string provider)
    {
        IReadOnlyList<JsonElement> turns = await TurnsAsync(provider, "chain");

        Assert.Equal(3, turns.Count);
        Assert.Equal("sunny in Oslo then sunny in Rome", turns[2].Text("text"));
    }

    /// <summary>The runner begins a message thread, is told that there are none, and sends the whole history.</summary>
    [Theory]
    [MemberData(nameof(Every))]
    public async Task Tools_ByTheSdksThreadedRunner_EndInText(string provider)
    {
        JsonElement result = await gateway.Clients.ResultAsync("anthropic", provider, "toolRunner");

        Assert.Equal("sunny in Oslo then sunny in Rome", result.Text("text"));
    }

    [Theory]
    [InlineData("ant", "signature came back")]
    [InlineData("res", "signature came back")]
    [InlineData("gem", "signature came back")]
    [InlineData("con", "signature came back")]
    [InlineData("oai", "done")]
    public async Task Reasoning_WithItsSignature_SurvivesTheRoundTrip(string provider, string expected)
    {
        IReadOnlyList<JsonElement> turns = await TurnsAsync(provider, "reasoning");

        Assert.Equal("Thinking it over.", turns[0].Text("reasoning"));
        Assert.Equal(expected, turns[1].Text("text"));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Structured_BySchema_IsTheObjectAlone(string provider)
    {
        JsonElement turn = (await TurnsAsync(provider, "structured")).Single();

        Json.Equal(Scripts.Person, JsonElement.Parse(turn.Text("text")!));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Image_AsBase64_ReachesTheProvider(string provider)
    {
        JsonElement turn = (await TurnsAsync(provider, "image")).Single();

        Assert.Equal("a pixel", turn.Text("text"));
    }

    [Fact]
    public async Task LooseWire_EveryOddityAtOnce_IsUnderstood()
    {
        JsonElement turn = (await TurnsAsync("oai", "loose")).Single();

        Assert.Equal("Hi!", turn.Text("text"));
        Assert.Equal("tool_use", turn.Text("finish"));
        Assert.Equal(
            ["Oslo", "Rome"],
            turn.GetProperty("calls").EnumerateArray().Select(call => call.GetProperty("input").Text("city")));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Cancel_MidStream_ReachesTheProvider(string provider)
    {
        await gateway.Clients.ResultAsync("anthropic", provider, "cancel");

        await gateway.Upstream.CanceledAsync($"endless@anthropic-{provider}");
    }

    [Fact]
    public async Task Models_List_IsAnthropics()
    {
        JsonElement result = await gateway.Clients.ResultAsync("anthropic", "ant", "models");

        Assert.Contains("named", result.GetProperty("ids").EnumerateArray().Select(id => id.GetString()));
        Json.Equal("""{"id":"named","type":"model"}""", result.GetProperty("one"));
    }

    private Task<IReadOnlyList<JsonElement>> TurnsAsync(string provider, string scenario) =>
        gateway.Clients.TurnsAsync("anthropic", provider, scenario);
}
