using System.Text.Json.Nodes;
using Lightport.Management;
using Lightport.Tests.Exchanges;

namespace Lightport.Tests.Management;

/// <summary>The whole decision, before anything is sent.</summary>
public sealed class ExplainTests : IDisposable
{
    private readonly ManagedGateway _gateway = new(document: """
        providers: { openai: { keys: [OPENAI_A, OPENAI_B] }, anthropic: {} }
        models:
          spare: { select: least-busy, targets: [echo/one, echo/two] }
          m:
            select: { policy: weighted, by: session }
            targets: [{ to: openai/gpt-4o, weight: 95 }, { to: anthropic/claude-haiku-4-5, weight: 5, label: canary }]
            fallback: [spare]
          down:
            targets: [anthropic/claude-haiku-4-5]
            fallback: [echo/one]
            fallback-on: { context-length: [echo/two] }
            hedge: { after: 2s }
          told: { targets: [echo/one], context: [style, weather, night, city, gone] }
          copied: { targets: [openai/gpt-4o], shadow: { to: anthropic/claude-haiku-4-5, share: 5% } }
          turns: { select: round-robin, targets: [echo/one, echo/two] }
        context:
          style: { text: Be brief. }
          weather: { rest: "https://api.example.com/weather", place: turn }
          night: { text: Good night., when: "request.stream" }
          city: { rest: "https://api.example.com/{metadata.city}" }
          gone: { file: no-such-file.md }
        """);

    [Fact]
    public async Task Explain_TellsWhichSourcesWouldBeAsked_AndAsksNone() => Assert.Equal(
        [
            """{"name":"style","place":"system","asked":true,"problem":null}""",
            """{"name":"weather","place":"turn","asked":true,"problem":null}""",
            """{"name":"night","place":"system","asked":false,"problem":null}""",
            """{"name":"city","place":"system","asked":false,"problem":"no address comes of its expressions: there is no \u0027metadata.city\u0027; guard it, as in has(metadata.city)"}""",
            """{"name":"gone","place":"system","asked":false,"problem":"no-such-file.md is not there"}""",
        ],
        (await ExplainAsync("told"))["context"]!.AsArray().Select(source => source!.ToJsonString()));

    [Fact]
    public async Task Explain_TellsOfEachTargetWhyItStandsWhereItDoes()
    {
        JsonObject told = await ExplainAsync("m");

        Assert.Equal(("weighted", "session"), ((string?)told["selection"], (string?)told["by"]));
        Assert.Equal(
            [
                "anthropic/claude-haiku-4-5 own weight 5",
                "echo/one fallback 0 in flight, weight 1",
                "echo/two fallback 0 in flight, weight 1",
                "openai/gpt-4o OPENAI_A own weight 95",
                "openai/gpt-4o OPENAI_B own weight 95",
            ],
            told["targets"]!.AsArray().Select(Line).Order(StringComparer.Ordinal));
        Assert.Empty(told["passed_over"]!.AsArray());
        Assert.Empty(_gateway.Upstream.Seen);
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("\"store\":true,", "It names, keeps or does what must not be there twice.")]
    [InlineData("\"provider\":{\"only\":[\"openai\"]},", "Its target cannot take it.")]
    public async Task Explain_TellsWhereCopiesGo_AndWhyNoneIsMade(string said, string? problem)
    {
        ClientCall call = await _gateway.SendAsync(
            ManagementEndpoints.Explain,
            $$"""{"model":"copied",{{said}}"messages":[{"role":"user","content":"hi"}]}""");

        JsonNode told = call.Json["shadow"]!;
        Assert.Equal(
            ("anthropic/claude-haiku-4-5", 0.05, problem),
            ((string?)told["target"], (double)told["share"]!, (string?)told["problem"]));
        Assert.Empty(_gateway.Upstream.Seen);
    }

    [Fact]
    public async Task Explain_TakesNobodysTurn()
    {
        string first = Line((await ExplainAsync("turns"))["targets"]![0]);

        Assert.Equal(first, Line((await ExplainAsync("turns"))["targets"]![0]));
    }

    [Fact]
    public async Task Explain_TellsWhichTargetIsBestLeftAlone_AndWhereEachFailureWouldLead()
    {
        string key = (string)(await _gateway.CreateKeyAsync("""{"name":"a"}"""))["key"]!;
        for (int i = 0; i < 5; i++)
        {
            _gateway.Upstream.Answer(ScriptedResponse.Error(500));
            Assert.Equal(200, (await _gateway.ChatAsync(key, "down")).Status);
        }

        JsonObject told = await ExplainAsync("down");

        Assert.Equal(
            [("echo", "fallback", false), ("anthropic", "own", true)],
            told["targets"]!.AsArray().Select(target => (
                (string?)target!["provider"],
                (string?)target["role"],
                ((string?)target["away"])?.StartsWith("its breaker is open for ", StringComparison.Ordinal) == true)));
        Assert.Equal("""{"context-length":["echo/two"]}""", told["fallback_on"]!.ToJsonString());
        Assert.Equal("2s", (string?)told["hedge"]);
    }

    /// <summary>A path as clients send it names the model; where it leaves the place open, the body does.</summary>
    [Theory]
    [InlineData("/v1beta/models/m:generateContent", "/v1beta/{model}:generateContent", false)]
    [InlineData("/v1beta/models/m:streamGenerateContent", "/v1beta/{model}:streamGenerateContent", true)]
    [InlineData("/openai/deployments/m/chat/completions", "/openai/deployments/{model}/chat/completions", false)]
    [InlineData("/openai/deployments/{model}/chat/completions", "/openai/deployments/{model}/chat/completions", false)]
    [InlineData("/v1/chat/completions", "/v1/chat/completions", false)]
    public async Task Explain_TakesThePathsThatClientsSend(string path, string door, bool stream)
    {
        string body = path.Contains("Content", StringComparison.Ordinal)
            ? """{"contents":[{"role":"user","parts":[{"text":"hi"}]}]}"""
            : path.Contains("/m/", StringComparison.Ordinal)
                ? """{"messages":[{"role":"user","content":"hi"}]}"""
                : Wires.Chat;

        ClientCall call = await _gateway.SendAsync(
            ManagementEndpoints.Explain, body, $"?path={Uri.EscapeDataString(path)}");

        Assert.True(call.Status == 200, call.Text);
        Assert.Equal(
            ("m", door, stream),
            ((string?)call.Json["model"], (string?)call.Json["endpoint"], (bool)call.Json["stream"]!));
    }

    /// <summary>What the request itself wishes is told field by field, and with its effect on each target.</summary>
    [Fact]
    public async Task Explain_TellsWhatTheRequestsOwnWishesDo()
    {
        ClientCall call = await _gateway.SendAsync(ManagementEndpoints.Explain, """
            {"model":"m","messages":[{"role":"user","content":"hi"}],
             "provider":{"ignore":["openai"],"sort":"price","preferred_max_latency":1}}
            """);
        JsonObject told = call.Json.AsObject();

        Assert.Equal(
            """["provider.ignore","provider.sort","provider.preferred_max_latency"]""",
            told["preferences"]!.ToJsonString());
        Assert.Equal("provider.sort=price", (string?)told["selection"]);
        Assert.Equal(
            ["OPENAI_A", "OPENAI_B"],
            told["passed_over"]!.AsArray().Select(passed => (string?)passed!["account"]));
        Assert.StartsWith(
            "not known to be as quick as preferred; $",
            (string?)told["targets"]![0]!["why"],
            StringComparison.Ordinal);
        Assert.Equal("5", told["breaker"]!["failures"]!.ToJsonString());
    }

    public void Dispose() => _gateway.Dispose();

    private async Task<JsonObject> ExplainAsync(string model)
    {
        ClientCall call = await _gateway.SendAsync(ManagementEndpoints.Explain, Wires.For(model, Wires.Chat));
        Assert.True(call.Status == 200, call.Text);
        return call.Json;
    }

    private static string Line(JsonNode? target) => string.Join(' ', new[]
    {
        $"{target!["provider"]}/{target["model"]}",
        (string?)target["account"],
        (string?)target["role"],
        (string?)target["why"],
    }.Where(part => part is not null));
}
