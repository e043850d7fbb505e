using System.Text.Json;
using Lightport.EndToEnd.Gateway;
using Lightport.EndToEnd.Upstream;

namespace Lightport.EndToEnd.RealClients;

/// <summary>npm <c>openai</c> against a provider of every wire.</summary>
[Collection(GatewayGroup.Name)]
public sealed class OpenAIClientTests(GatewayFixture gateway)
{
    private const string Oslo = """{"city":"Oslo"}""";
    private const string Rome = """{"city":"Rome"}""";

    public static TheoryData<string> Every => [.. Providers.All];

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Chat_WholeAndStreamed_GiveTheSameAnswer(string provider)
    {
        JsonElement turn = (await TurnsAsync(provider, "chat")).Single();

        Assert.Equal($"Ünï 🧭 {Canary.Answer}", turn.Text("text"));
        Assert.Equal("stop", turn.Text("finish"));
        Json.Equal("""{"prompt":20,"completion":12,"total":32,"cached":0,"reasoning":0}""", turn.GetProperty("usage"));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Chat_CutByTheTokenLimit_FinishesWithLength(string provider)
    {
        JsonElement turn = (await TurnsAsync(provider, "length")).Single();

        Assert.Equal("length", turn.Text("finish"));
    }

    [Theory]
    [InlineData("oai", """{"prompt":148,"completion":12,"total":160,"cached":128,"reasoning":5}""")]
    [InlineData("exact", """{"prompt":148,"completion":12,"total":160,"cached":128,"reasoning":5}""")]
    [InlineData("res", """{"prompt":148,"completion":12,"total":160,"cached":128,"reasoning":5}""")]
    [InlineData("gem", """{"prompt":148,"completion":12,"total":160,"cached":128,"reasoning":5}""")]
    [InlineData("con", """{"prompt":148,"completion":12,"total":160,"cached":128,"reasoning":0}""")]
    [InlineData("ant", """{"prompt":212,"completion":12,"total":224,"cached":128,"reasoning":0}""")]
    public async Task Usage_CacheClasses_AreCountedAsOpenAIDoes(string provider, string expected)
    {
        JsonElement turn = (await TurnsAsync(provider, "usage")).Single();

        Json.Equal(expected, turn.GetProperty("usage"));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Usage_NotAskedFor_IsNotSent(string provider)
    {
        JsonElement result = await gateway.Clients.ResultAsync("openai", provider, "withoutUsage");

        Json.Equal("""{"usage":null,"broken":[]}""", result);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Tools_OneCall_IsAnsweredInTheNextTurn(string provider)
    {
        IReadOnlyList<JsonElement> turns = await TurnsAsync(provider, "tool");

        Assert.Equal("Let me look.", turns[0].Text("text"));
        Assert.Equal("tool_calls", turns[0].Text("finish"));
        JsonElement call = Assert.Single(turns[0].GetProperty("calls").EnumerateArray());
        Assert.Equal(
            ("function", "weather", """{"city":"Zürich"}"""),
            (call.Text("type"), call.Text("name"), call.Text("arguments")));
        Assert.Equal($"{Providers.Called(provider, "call_a")} said sunny in Zürich", turns[1].Text("text"));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Tools_InParallel_KeepTheirOrderAndIds(string provider)
    {
        IReadOnlyList<JsonElement> turns = await TurnsAsync(provider, "parallel");

        Assert.Equal(
            [Oslo, Rome], turns[0].GetProperty("calls").EnumerateArray().Select(call => call.Text("arguments")));
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

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Tools_ByTheSdksOwnRunner_EndInText(string provider)
    {
        JsonElement result = await gateway.Clients.ResultAsync("openai", provider, "runTools");

        Assert.Equal("sunny in Oslo then sunny in Rome", result.Text("text"));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Tools_FoldedByTheSdk_AreWhole(string provider)
    {
        JsonElement result = await gateway.Clients.ResultAsync("openai", provider, "accumulated");

        Assert.Equal("""{"city":"Zürich"}""", result.GetProperty("calls")[0].Text("arguments"));
    }

    [Theory]
    [InlineData("oai", "done")]
    [InlineData("ant", "signature came back")]
    [InlineData("res", "signature came back")]
    [InlineData("gem", "signature came back")]
    [InlineData("con", "signature came back")]
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
        Assert.Equal("stop", turn.Text("finish"));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Image_AsDataUri_ReachesTheProvider(string provider)
    {
        JsonElement turn = (await TurnsAsync(provider, "image")).Single();

        Assert.Equal("a pixel", turn.Text("text"));
    }

    [Fact]
    public async Task LooseWire_EveryOddityAtOnce_IsMended()
    {
        JsonElement turn = (await TurnsAsync("oai", "loose")).Single();

        Assert.Equal("Hi!", turn.Text("text"));
        Assert.Equal([Oslo, Rome], turn.GetProperty("calls").EnumerateArray().Select(call => call.Text("arguments")));
        Assert.Equal(11, turn.GetProperty("usage").GetProperty("total").GetInt32());
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Cancel_MidStream_ReachesTheProvider(string provider)
    {
        await gateway.Clients.ResultAsync("openai", provider, "cancel");

        await gateway.Upstream.CanceledAsync($"endless@openai-{provider}");
    }

    [Fact]
    public async Task Models_List_HoldsWhatTheKeyMayUse()
    {
        JsonElement result = await gateway.Clients.ResultAsync("openai", "oai", "models");

        Assert.Contains("named", result.GetProperty("ids").EnumerateArray().Select(id => id.GetString()));
        Json.Equal("""{"id":"named","object":"model"}""", result.GetProperty("one"));
    }

    [Theory]
    [InlineData("oai")]
    [InlineData("exact")]
    public async Task Embeddings_AskedForAsBase64_AreTheVectors(string provider)
    {
        JsonElement result = await gateway.Clients.ResultAsync("openai", provider, "embeddings");

        Json.Equal(
            """{"vectors":[[0.25,-0.5,1],[0.25,-0.5,1]],"usage":{"prompt_tokens":9,"total_tokens":9}}""", result);
    }

    [Theory]
    [InlineData("oai")]
    [InlineData("exact")]
    public async Task Completions_WholeAndStreamed_GiveTheSameText(string provider)
    {
        JsonElement result = await gateway.Clients.ResultAsync("openai", provider, "completions");

        Json.Equal(
            """{"unary":"once upon a time","finish":"stop","streamed":"once upon a time"}""", result);
    }

    private Task<IReadOnlyList<JsonElement>> TurnsAsync(string provider, string scenario) =>
        gateway.Clients.TurnsAsync("openai", provider, scenario);
}
