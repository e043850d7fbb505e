using System.Text.Json;
using Lightport.EndToEnd.Gateway;
using Lightport.EndToEnd.Upstream;

namespace Lightport.EndToEnd.RealClients;

/// <summary>
/// npm <c>ai</c> with its providers for chat, Messages, Responses and Gemini, against a provider of every wire. Its
/// Gemini client puts a tool's text into an object of its own.
/// </summary>
[Collection(GatewayGroup.Name)]
public sealed class VercelClientTests(GatewayFixture gateway)
{
    public static TheoryData<string, string> Pairs => Providers.Times("chat", "messages", "responses", "gemini");

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Chat_WholeAndStreamed_GiveTheSameAnswer(string client, string provider)
    {
        JsonElement answer = await AnswerAsync(client, provider, "chat");

        Assert.Equal(($"Ünï 🧭 {Canary.Answer}", "stop"), (answer.Text("text"), answer.Text("finish")));
        JsonElement step = answer.GetProperty("steps")[0];
        Assert.Equal((20, 12), (step.GetProperty("input").GetInt32(), step.GetProperty("output").GetInt32()));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Usage_TellsWhatACacheHelpedWith(string client, string provider)
    {
        JsonElement step = (await AnswerAsync(client, provider, "usage")).GetProperty("steps")[0];

        Assert.Equal((128, 12), (step.GetProperty("cached").GetInt32(), step.GetProperty("output").GetInt32()));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Tools_InParallel_KeepTheirOrderAndIds(string client, string provider)
    {
        JsonElement answer = await AnswerAsync(client, provider, "parallel");

        JsonElement first = answer.GetProperty("steps")[0];
        Assert.Equal("tool-calls", first.Text("finish"));
        Assert.Equal(
            ["Oslo", "Rome"],
            first.GetProperty("calls").EnumerateArray().Select(call => call.GetProperty("input").Text("city")));
        (string one, string two) = (Providers.Called(provider, "call_a"), Providers.Called(provider, "call_b"));
        Assert.Matches($"^{one}=.*sunny in Oslo.*, {two}=.*sunny in Rome", answer.Text("text"));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Tools_OverThreeTurns_EndInText(string client, string provider)
    {
        JsonElement answer = await AnswerAsync(client, provider, "chain");

        Assert.Equal(3, answer.GetProperty("steps").GetArrayLength());
        Assert.Matches("sunny in Oslo.* then .*sunny in Rome", answer.Text("text"));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Structured_BySchema_IsTheObject(string client, string provider) => Json.Equal(
        Scripts.Person, await gateway.Clients.ResultAsync("vercel", provider, $"{client}-structured"));

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Image_AsBase64_ReachesTheProvider(string client, string provider) =>
        Assert.Equal("a pixel", (await AnswerAsync(client, provider, "image")).Text("text"));

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Error_WrongKey_IsTold(string client, string provider)
    {
        JsonElement error = await gateway.Clients.ResultAsync("vercel", provider, $"{client}-wrongKey");

        Assert.Equal("APICallError", error.Text("class"));
        Assert.Contains("key", error.Text("message"), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Error_OfTheProvider_IsTold(string client, string provider)
    {
        JsonElement error = await gateway.Clients.ResultAsync("vercel", provider, $"{client}-error429");

        Assert.Equal("APICallError", error.Text("class"));
        Assert.Contains("slow down", error.Text("message"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Error_MidStream_IsNoWholeAnswer(string client, string provider) => Assert.NotEqual(
        "none", (await gateway.Clients.ResultAsync("vercel", provider, $"{client}-errorMid")).Text("class"));

    [Theory]
    [MemberData(nameof(Pairs))]
    public async Task Cancel_MidStream_ReachesTheProvider(string client, string provider)
    {
        await gateway.Clients.ResultAsync("vercel", provider, $"{client}-cancel");

        await gateway.Upstream.CanceledAsync($"endless@vercel-{client}-{provider}");
    }

    [Theory]
    [InlineData("ant", "signature came back")]
    [InlineData("oai", "done")]
    [InlineData("res", "signature came back")]
    [InlineData("gem", "signature came back")]
    [InlineData("con", "signature came back")]
    public async Task Reasoning_WithItsSignature_SurvivesTheRoundTrip(string provider, string expected)
    {
        JsonElement answer = (await gateway.Clients.TurnsAsync("vercel", provider, "reasoning")).Single();

        Assert.Equal(expected, answer.Text("text"));
    }

    private async Task<JsonElement> AnswerAsync(string client, string provider, string scenario) =>
        (await gateway.Clients.TurnsAsync("vercel", provider, $"{client}-{scenario}")).Single();
}
