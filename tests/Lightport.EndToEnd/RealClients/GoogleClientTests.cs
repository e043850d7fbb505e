using System.Text.Json;
using Lightport.EndToEnd.Gateway;
using Lightport.EndToEnd.Upstream;

namespace Lightport.EndToEnd.RealClients;

/// <summary>npm <c>@google/genai</c> against a provider of every wire, Google's own among them.</summary>
[Collection(GatewayGroup.Name)]
public sealed class GoogleClientTests(GatewayFixture gateway)
{
    private static readonly string Text = $"Ünï 🧭 {Canary.Answer}";

    public static TheoryData<string> Every => [.. Providers.All];

    /// <summary>Scenario, status, Google's word for it, what the message tells.</summary>
    public static TheoryData<string, int, string, string> Failures => new()
    {
        { "error400", 400, "INVALID_ARGUMENT", "top_k is too odd" },
        { "error429", 429, "RESOURCE_EXHAUSTED", "slow down" },
        { "error500", 500, "INTERNAL", "the fake broke" },
        { "errorHtml", 502, "INTERNAL", "502" },
        { "errorStreamed", 429, "RESOURCE_EXHAUSTED", "slow down" },
        { "wrongKey", 401, "UNAUTHENTICATED", "key" },
        { "unknownModel", 404, "NOT_FOUND", "nobody-knows" },
    };

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Chat_WholeAndStreamed_GiveTheSameAnswer(string provider)
    {
        JsonElement turn = (await TurnsAsync(provider, "chat")).Single();

        Assert.Equal((Text, "STOP"), (turn.Text("text"), turn.Text("finish")));
        Json.Equal("""{"prompt":20,"cached":0,"candidates":12,"thoughts":0,"total":32}""", turn.GetProperty("usage"));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Chat_CutByTheTokenLimit_FinishesWithMaxTokens(string provider)
    {
        JsonElement turn = (await TurnsAsync(provider, "length")).Single();

        Assert.Equal("MAX_TOKENS", turn.Text("finish"));
    }

    [Theory]
    [InlineData("oai", """{"prompt":148,"cached":128,"candidates":7,"thoughts":5,"total":160}""")]
    [InlineData("exact", """{"prompt":148,"cached":128,"candidates":7,"thoughts":5,"total":160}""")]
    [InlineData("res", """{"prompt":148,"cached":128,"candidates":7,"thoughts":5,"total":160}""")]
    [InlineData("gem", """{"prompt":148,"cached":128,"candidates":7,"thoughts":5,"total":160}""")]
    [InlineData("con", """{"prompt":148,"cached":128,"candidates":12,"thoughts":0,"total":160}""")]
    [InlineData("ant", """{"prompt":212,"cached":128,"candidates":12,"thoughts":0,"total":224}""")]
    public async Task Usage_Classes_AreCountedAsGoogleDoes(string provider, string expected)
    {
        JsonElement turn = (await TurnsAsync(provider, "usage")).Single();

        Json.Equal(expected, turn.GetProperty("usage"));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Tools_OneCall_IsAnsweredInTheNextTurn(string provider)
    {
        IReadOnlyList<JsonElement> turns = await TurnsAsync(provider, "tool");

        Assert.Equal(("Let me look.", "STOP"), (turns[0].Text("text"), turns[0].Text("finish")));
        JsonElement call = Assert.Single(turns[0].GetProperty("calls").EnumerateArray());
        Assert.Equal("weather", call.Text("name"));
        Json.Equal("""{"city":"Zürich"}""", call.GetProperty("args"));
        Assert.Equal($"{Providers.Called(provider, "call_a")} said sunny in Zürich", turns[1].Text("text"));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Tools_InParallel_KeepTheirOrderAndIds(string provider)
    {
        IReadOnlyList<JsonElement> turns = await TurnsAsync(provider, "parallel");

        Assert.Equal(
            ["Oslo", "Rome"],
            turns[0].GetProperty("calls").EnumerateArray().Select(call => call.GetProperty("args").Text("city")));
        (string one, string two) = (Providers.Called(provider, "call_a"), Providers.Called(provider, "call_b"));
        Assert.Equal($"{one}=sunny in Oslo, {two}=sunny in Rome", turns[1].Text("text"));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Tools_OverThreeTurns_EndInText(string provider)
    {
        IReadOnlyList<JsonElement> turns = await TurnsAsync(provider, "chain");

        Assert.Equal((3, "sunny in Oslo then sunny in Rome"), (turns.Count, turns[^1].Text("text")));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Tools_CalledByTheSdkItself_EndInText(string provider)
    {
        JsonElement result = await gateway.Clients.ResultAsync("google", provider, "automatic");

        Assert.Equal("sunny in Oslo then sunny in Rome", result.Text("text"));
    }

    /// <summary>Another vendor's signature rides in the slot of Gemini's, whether its thinking is shown or not.</summary>
    [Theory]
    [InlineData("ant", "reasoning", "Thinking it over.", "signature came back")]
    [InlineData("oai", "reasoning", "Thinking it over.", "done")]
    [InlineData("res", "reasoning", "Thinking it over.", "signature came back")]
    [InlineData("gem", "reasoning", "Thinking it over.", "signature came back")]
    [InlineData("con", "reasoning", "Thinking it over.", "signature came back")]
    [InlineData("ant", "quiet", null, "signature came back")]
    [InlineData("oai", "quiet", null, "done")]
    public async Task Reasoning_WithItsSignature_SurvivesTheRoundTrip(
        string provider, string scenario, string? shown, string expected)
    {
        IReadOnlyList<JsonElement> turns = await TurnsAsync(provider, scenario);

        Assert.Equal((shown, expected), (turns[0].Text("reasoning"), turns[1].Text("text")));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Chats_OfTheSdk_KeepTheirHistory(string provider)
    {
        JsonElement result = await gateway.Clients.ResultAsync("google", provider, "chats");

        Assert.All(result.GetProperty("texts").EnumerateArray(), text => Assert.Equal(Text, text.GetString()));
        Assert.Equal(2, result.GetProperty("turns").GetInt32());
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
    public async Task Image_AsBytes_ReachesTheProvider(string provider)
    {
        JsonElement turn = (await TurnsAsync(provider, "image")).Single();

        Assert.Equal("a pixel", turn.Text("text"));
    }

    [Theory]
    [InlineData("oai", "interactions")]
    [InlineData("exact", "interactionsStreamed")]
    [InlineData("ant", "interactions")]
    [InlineData("ant", "interactionsStreamed")]
    public async Task Interactions_OverThreeTurns_EndInText(string provider, string scenario)
    {
        JsonElement result = await gateway.Clients.ResultAsync("google", provider, scenario);

        Json.Equal("""["requires_action","requires_action","completed"]""", result.GetProperty("statuses"));
        Assert.Equal("sunny in Oslo then sunny in Rome", result.Text("text"));
    }

    [Theory]
    [InlineData("oai", "interactionsError", "top_k is too odd")]
    [InlineData("ant", "interactionsError", "top_k is too odd")]
    [InlineData("oai", "interactionsMid", "failed with a smile")]
    [InlineData("ant", "interactionsMid", "failed with a smile")]
    public async Task Interactions_ThatFail_TellTheProvidersWords(string provider, string scenario, string message)
    {
        JsonElement error = await gateway.Clients.ResultAsync("google", provider, scenario);

        Assert.Contains(message, error.Text("message"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Count_OfTokens_IsANumber(string provider)
    {
        JsonElement result = await gateway.Clients.ResultAsync("google", provider, "count");

        Assert.InRange(result.GetProperty("totalTokens").GetInt32(), 1, 100);
    }

    [Fact]
    public async Task BetaVersion_IsServedToo()
    {
        JsonElement result = await gateway.Clients.ResultAsync("google", "oai", "beta");

        Assert.Equal(Text, result.Text("text"));
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Failure_OfAnyProvider_IsTheSdksApiError(string scenario, int status, string word, string message)
    {
        foreach (string provider in Providers.All)
        {
            JsonElement error = await gateway.Clients.ResultAsync("google", provider, scenario);

            Assert.Equal(("ApiError", status), (error.Text("class"), error.GetProperty("status").GetInt32()));
            Assert.Contains($"\"{word}\"", error.Text("message"), StringComparison.Ordinal);
            Assert.Contains(message, error.Text("message"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Failure_InsideASuccess_IsAnErrorAllTheSame(string provider)
    {
        JsonElement error = await gateway.Clients.ResultAsync("google", provider, "error200");

        Assert.Equal("ApiError", error.Text("class"));
        Assert.Contains("failed with a smile", error.Text("message"), StringComparison.Ordinal);
    }

    /// <summary>
    /// The SDK reads an error's words only where they come apart from the chunk before; that the answer broke off it
    /// sees in any case.
    /// </summary>
    [Theory]
    [MemberData(nameof(Every))]
    public async Task Failure_MidStream_IsNoWholeAnswer(string provider)
    {
        JsonElement error = await gateway.Clients.ResultAsync("google", provider, "errorMid");

        Assert.NotEqual("none", error.Text("class"));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Cancel_MidStream_ReachesTheProvider(string provider)
    {
        await gateway.Clients.ResultAsync("google", provider, "cancel");

        await gateway.Upstream.CanceledAsync($"endless@google-{provider}");
    }

    [Fact]
    public async Task Models_List_IsGeminis()
    {
        JsonElement result = await gateway.Clients.ResultAsync("google", "oai", "models");

        Assert.Contains("models/named", result.GetProperty("names").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal("models/named", result.Text("one"));
    }

    private Task<IReadOnlyList<JsonElement>> TurnsAsync(string provider, string scenario) =>
        gateway.Clients.TurnsAsync("google", provider, scenario);
}
