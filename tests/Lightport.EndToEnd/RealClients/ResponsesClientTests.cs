using System.Text.Json;
using Lightport.EndToEnd.Gateway;
using Lightport.EndToEnd.Upstream;

namespace Lightport.EndToEnd.RealClients;

/// <summary>npm <c>openai</c>'s Responses against a provider of every wire.</summary>
[Collection(GatewayGroup.Name)]
public sealed class ResponsesClientTests(GatewayFixture gateway)
{
    /// <summary>Those whose answers the gateway keeps, since they keep none themselves.</summary>
    private static readonly string[] Forgetful = ["oai", "ant", Providers.Gemini, Providers.Converse];

    public static TheoryData<string> Every => [.. Providers.All];

    public static TheoryData<string> Translated => [.. Forgetful];

    /// <summary>Scenario, the SDK's class, status, what the message tells.</summary>
    public static TheoryData<string, string, int, string> Failures => new()
    {
        { "error400", "BadRequestError", 400, "top_k is too odd" },
        { "error429", "RateLimitError", 429, "slow down" },
        { "error500", "InternalServerError", 500, "the fake broke" },
        { "errorHtml", "InternalServerError", 502, "502" },
        { "errorStreamed", "RateLimitError", 429, "slow down" },
        { "wrongKey", "AuthenticationError", 401, "key" },
        { "unknownModel", "NotFoundError", 404, "nobody-knows" },
    };

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Chat_WholeAndStreamed_GiveTheSameAnswer(string provider)
    {
        JsonElement turn = (await TurnsAsync(provider, "chat")).Single();

        Assert.Equal(($"Ünï 🧭 {Canary.Answer}", "completed"), (turn.Text("text"), turn.Text("status")));
        Json.Equal("""{"input":20,"cached":0,"output":12,"reasoning":0,"total":32}""", turn.GetProperty("usage"));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Chat_CutByTheTokenLimit_IsIncomplete(string provider)
    {
        JsonElement turn = (await TurnsAsync(provider, "length")).Single();

        Assert.Equal(("incomplete", "max_output_tokens"), (turn.Text("status"), turn.Text("reason")));
    }

    [Theory]
    [InlineData("oai", """{"input":148,"cached":128,"output":12,"reasoning":5,"total":160}""")]
    [InlineData("res", """{"input":148,"cached":128,"output":12,"reasoning":5,"total":160}""")]
    [InlineData("gem", """{"input":148,"cached":128,"output":12,"reasoning":5,"total":160}""")]
    [InlineData("con", """{"input":148,"cached":128,"output":12,"reasoning":0,"total":160}""")]
    [InlineData("ant", """{"input":212,"cached":128,"output":12,"reasoning":0,"total":224}""")]
    public async Task Usage_Classes_AreCountedAsOpenAIDoes(string provider, string expected)
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
        JsonElement call = Assert.Single(turns[0].GetProperty("calls").EnumerateArray());
        Assert.Equal("weather", call.Text("name"));
        Json.Equal("""{"city":"Zürich"}""", JsonElement.Parse(call.Text("arguments")!));
        Assert.Equal($"{Providers.Called(provider, "call_a")} said sunny in Zürich", turns[1].Text("text"));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Tools_InParallel_KeepTheirOrder(string provider)
    {
        IReadOnlyList<JsonElement> turns = await TurnsAsync(provider, "parallel");

        (string first, string second) = (Providers.Called(provider, "call_a"), Providers.Called(provider, "call_b"));
        Assert.Equal($"{first}=sunny in Oslo, {second}=sunny in Rome", turns[1].Text("text"));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Tools_OverThreeTurns_EndInText(string provider)
    {
        IReadOnlyList<JsonElement> turns = await TurnsAsync(provider, "chain");

        Assert.Equal((3, "sunny in Oslo then sunny in Rome"), (turns.Count, turns[^1].Text("text")));
    }

    [Theory]
    [MemberData(nameof(Translated))]
    public async Task Tools_ByTheIdOfTheResponseBefore_EndInText(string provider)
    {
        IReadOnlyList<JsonElement> turns = await TurnsAsync(provider, "chainById");

        Assert.Equal((3, "sunny in Oslo then sunny in Rome"), (turns.Count, turns[^1].Text("text")));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Tools_FoldedByTheSdk_AreWhole(string provider)
    {
        JsonElement result = await gateway.Clients.ResultAsync("responses", provider, "folded");

        Json.Equal("""{"city":"Zürich"}""", JsonElement.Parse(result.GetProperty("calls")[0].Text("arguments")!));
    }

    [Theory]
    [InlineData("oai", "done")]
    [InlineData("ant", "signature came back")]
    [InlineData("res", "signature came back")]
    [InlineData("gem", "signature came back")]
    [InlineData("con", "signature came back")]
    public async Task Reasoning_WithItsState_SurvivesTheRoundTrip(string provider, string expected)
    {
        IReadOnlyList<JsonElement> turns = await TurnsAsync(provider, "reasoning");

        Assert.Equal(("Thinking it over.", expected), (turns[0].Text("reasoning"), turns[1].Text("text")));
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
    public async Task Image_AsDataUri_ReachesTheProvider(string provider)
    {
        JsonElement turn = (await TurnsAsync(provider, "image")).Single();

        Assert.Equal("a pixel", turn.Text("text"));
    }

    [Theory]
    [MemberData(nameof(Translated))]
    public async Task Kept_Response_IsFoundUntilItIsDeleted(string provider)
    {
        JsonElement result = await gateway.Clients.ResultAsync("responses", provider, "kept");

        Assert.Equal($"Ünï 🧭 {Canary.Answer}", result.Text("text"));
        Json.Equal("""["message"]""", result.GetProperty("items"));
        Assert.Equal("NotFoundError", result.GetProperty("afterwards").Text("class"));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Count_OfInputTokens_IsANumber(string provider)
    {
        JsonElement result = await gateway.Clients.ResultAsync("responses", provider, "count");

        Assert.InRange(result.GetProperty("input_tokens").GetInt32(), 1, 100);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Failure_OfAnyProvider_IsTheSdksTypedError(
        string scenario, string type, int status, string message)
    {
        foreach (string provider in Providers.All)
        {
            JsonElement error = await gateway.Clients.ResultAsync("responses", provider, scenario);

            Assert.Equal(
                (provider, type, status), (provider, error.Text("class"), error.GetProperty("status").GetInt32()));
            Assert.Contains(message, error.Text("message"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Translated))]
    public async Task Failure_UnknownResponseBefore_IsNotFound(string provider)
    {
        JsonElement error = await gateway.Clients.ResultAsync("responses", provider, "unknownPrevious");

        Assert.Equal(404, error.GetProperty("status").GetInt32());
        Assert.Contains("resp_nobody", error.Text("message"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Failure_InsideASuccess_IsAnErrorAllTheSame(string provider)
    {
        foreach (string scenario in (string[])["error200", "errorMid"])
        {
            JsonElement error = await gateway.Clients.ResultAsync("responses", provider, scenario);

            Assert.NotEqual("none", error.Text("class"));
            Assert.Contains("failed with a smile", error.Text("message"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Cancel_MidStream_ReachesTheProvider(string provider)
    {
        await gateway.Clients.ResultAsync("responses", provider, "cancel");

        await gateway.Upstream.CanceledAsync($"endless@responses-{provider}");
    }

    private Task<IReadOnlyList<JsonElement>> TurnsAsync(string provider, string scenario) =>
        gateway.Clients.TurnsAsync("responses", provider, scenario);
}
