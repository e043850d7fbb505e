using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;
using Lightport.Tests.Management;

namespace Lightport.Tests.McpDoor;

/// <summary>The tools of the gateway's own at its MCP door.</summary>
public sealed class ToolTests : IDisposable
{
    private const string Key = "lp-some-key-0123456789";

    private static readonly string Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Key)));

    private readonly TestGateway _gateway = new($$"""
        models: { fast: openai/x, team/one: [openai/y, groq/z] }
        keys: [{ name: some, sha256: {{Hash}}, models: ["team/*"] }]
        """);

    [Fact]
    public async Task ListModels_HasThoseOfTheKeyAlone()
    {
        ClientCall call = await _gateway.CallToolAsync("list_models", [], Key);

        Assert.Equal("""{"models":["team/one"]}""", call.ToolText());
        Assert.Equal("""{"models":["team/one"]}""", call.Result()["structuredContent"]!.ToJsonString());
    }

    [Fact]
    public async Task AskModel_GoesTheWholeJourneyByTheCallersKey()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        ClientCall call = await _gateway.CallToolAsync("ask_model", Question("team/one"), Key);

        string answer = (string)JsonNode.Parse(Wires.ChatAnswer)!["choices"]![0]!["message"]!["content"]!;
        Assert.Equal(answer, call.ToolText());
        Assert.Equal(("some", 200, "team/one"), (_gateway.Record.Key, _gateway.Record.Status, _gateway.Record.Route));
        Assert.Equal("ChatCompletions", _gateway.Record.Endpoint);
        JsonNode messages = _gateway.Upstream.Last.Json["messages"]!;
        Assert.Equal(("system", "Be brief."), ((string?)messages[0]!["role"], (string?)messages[0]!["content"]));
        Assert.Equal(("user", "Hi \"there\""), ((string?)messages[1]!["role"], (string?)messages[1]!["content"]));
        JsonNode facts = call.Result()["_meta"]!["lightport/answer"]!;
        Assert.Equal(_gateway.Record.RequestId, (string?)facts["request_id"]);
        Assert.Equal(("openai", "y"), ((string?)facts["provider"], (string?)facts["model"]));
    }

    /// <summary>Who asks for progress sees the answer come; it is the same one, and billed the same.</summary>
    [Theory]
    [InlineData(Wires.ChatEvents, "Hello")]
    [InlineData(Wires.ChatRole + Wires.ChatText, null)]
    public async Task AskModel_WithAProgressToken_TellsItsTextAsItComes(string events, string? expected)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Events(events));

        ClientCall call = await _gateway.AskAsync(
            "tools/call",
            new JsonObject
            {
                ["name"] = "ask_model",
                ["arguments"] = Question("team/one"),
                ["_meta"] = new JsonObject { ["progressToken"] = "p" },
            },
            version: "2025-11-25",
            key: Key);

        JsonObject[] told =
        [
            .. call.Text.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal))
                .Select(line => JsonNode.Parse(line[6..])!.AsObject()),
        ];
        Assert.Contains(told, message => (string?)message["method"] == "notifications/progress"
            && (string?)message["params"]!["message"] == "Hello");
        if (expected is null)
        {
            Assert.NotEmpty(call.ToolFailure());
            return;
        }

        Assert.Equal(expected, call.ToolText());
        Assert.Equal("stop", (string?)call.Result()["_meta"]!["lightport/answer"]!["finish_reason"]);
        Assert.NotNull(call.Result()["_meta"]!["lightport/answer"]!["usage"]);
        Assert.Equal(("ChatCompletions", true), (_gateway.Record.Endpoint, _gateway.Record.Stream));
    }

    [Fact]
    public async Task AskModel_OfAModelThatTheKeyMayNotUse_IsTheSameRefusalAsAtEveryDoor()
    {
        ClientCall call = await _gateway.CallToolAsync("ask_model", Question("fast"), Key);

        Assert.Contains("may not use the model", call.ToolFailure(), StringComparison.Ordinal);
        Assert.Empty(_gateway.Upstream.Seen);
        Assert.Equal(403, _gateway.Record.Status);
    }

    [Fact]
    public async Task AskModel_WhoseProviderFails_SaysHow()
    {
        _gateway.Upstream.Answer(
            ScriptedResponse.Json("""{"error":{"message":"No such thing.","type":"invalid_request_error"}}""", 400));

        ClientCall call = await _gateway.CallToolAsync("ask_model", Question("team/one"), Key);

        Assert.Contains("No such thing.", call.ToolFailure(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"model":"team/one"}""", "'prompt' must be a text that is not empty.")]
    [InlineData("""{"model":7,"prompt":"x"}""", "'model' must be a text.")]
    [InlineData("""{"model":"team/one","prompt":"x","max_tokens":0}""", "'max_tokens' must be a whole number")]
    [InlineData("""{"model":"team/one","prompt":"x","top_p":1}""", "model, prompt, system, max_tokens and no other")]
    public async Task Arguments_ThatDoNotFit_AreAFailureThatNamesThem(string arguments, string what)
    {
        ClientCall call = await _gateway.CallToolAsync("ask_model", JsonNode.Parse(arguments)!.AsObject(), Key);

        Assert.Contains(what, call.ToolFailure(), StringComparison.Ordinal);
        Assert.Empty(_gateway.Upstream.Seen);
    }

    [Fact]
    public async Task Tool_ThatIsNone_IsAnErrorOfTheProtocol()
    {
        ClientCall call = await _gateway.CallToolAsync("no_such", [], Key);

        Assert.Equal(-32602, (int?)call.Message()["error"]!["code"]);
    }

    [Fact]
    public async Task ExplainRoute_SaysWhereAndSendsNothing()
    {
        ClientCall call = await _gateway.CallToolAsync("explain_route", new() { ["model"] = "team/one" }, Key);

        JsonObject facts = JsonNode.Parse(call.ToolText())!.AsObject();
        Assert.Equal("team/one", (string?)facts["route"]);
        Assert.Equal(["openai/y", "groq/z"], facts["targets"]!.AsArray()
            .Select(target => $"{(string?)target!["provider"]}/{(string?)target["model"]}"));
        Assert.DoesNotContain("OPENAI_API_KEY", call.Text, StringComparison.Ordinal);
        Assert.Empty(_gateway.Upstream.Seen);
        Assert.Empty(_gateway.Usage.Records);
    }

    [Fact]
    public async Task ReadUsage_WhereNoneIsKept_SaysSo() => Assert.Contains(
        "keeps no usage",
        (await _gateway.CallToolAsync("read_usage", [], Key)).ToolFailure(),
        StringComparison.Ordinal);

    [Fact]
    public async Task ReadUsage_IsOfTheCallerAlone()
    {
        using var gateway = new ManagedGateway(document: $$"""
            providers: { openai: {} }
            models: { fast: openai/x }
            keys:
              - { name: some, sha256: {{Hash}} }
              - { name: other, sha256: {{Convert.ToHexStringLower(SHA256.HashData("lp-other-key"u8))}} }
            """);
        foreach (string key in (string[])[Key, "lp-other-key", "lp-other-key"])
        {
            gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
            await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For("fast", Wires.Chat), key: key);
        }

        ClientCall call = await gateway.SendAsync(
            GatewayEndpoints.Mcp,
            McpCall.Body("tools/call", new JsonObject { ["name"] = "read_usage", ["arguments"] = new JsonObject() }),
            key: Key,
            headers: [.. McpCall.Headers("tools/call", "read_usage").Select(header => (header.Key, header.Value))]);

        JsonObject usage = JsonNode.Parse(call.ToolText())!.AsObject();
        Assert.Equal(1, (int?)usage["total"]!["requests"]);
        Assert.Equal("openai/x", (string?)usage["rows"]![0]!["model"]);
    }

    /// <summary>The door behind it has two names for this, and a model knows the one of the tool's schema.</summary>
    [Fact]
    public async Task ReadUsage_ByWhatThereIsNot_NamesTheArgument()
    {
        using var gateway = new ManagedGateway(document: $$"""
            providers: { openai: {} }
            keys: [{ name: some, sha256: {{Hash}} }]
            """);

        ClientCall call = await gateway.SendAsync(
            GatewayEndpoints.Mcp,
            McpCall.Body(
                "tools/call",
                new JsonObject { ["name"] = "read_usage", ["arguments"] = new JsonObject { ["by"] = "team" } }),
            key: Key,
            headers: [.. McpCall.Headers("tools/call", "read_usage").Select(header => (header.Key, header.Value))]);

        Assert.StartsWith("'by' takes key, model,", call.ToolFailure(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_ThatGoes_EndsWhatItsToolHasBegun()
    {
        _gateway.Upstream.Hang();
        ClientCall call = _gateway.Start(
            GatewayEndpoints.Mcp,
            McpCall.Body("tools/call", new() { ["name"] = "ask_model", ["arguments"] = Question("team/one") }),
            McpCall.Headers("tools/call", "ask_model", key: Key));
        await _gateway.Upstream.CallAsync();

        call.Abort();
        await call.Done;

        Assert.Equal(499, _gateway.Record.Status);
    }

    [Fact]
    public async Task Call_LeavesALineWithoutItsContent()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        await _gateway.CallToolAsync("ask_model", Question("team/one"), Key);

        CapturedLine line = Assert.Single(_gateway.Log.Lines, line => line.EventId == 561);
        Assert.Contains("tool=ask_model outcome=ok", line.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("there", line.Text, StringComparison.Ordinal);
    }

    /// <summary>A client chooses the name, and a line of the log is not for it to fill.</summary>
    [Fact]
    public async Task Call_OfALongName_LeavesAShortLineInTheLog()
    {
        await _gateway.CallToolAsync(new string('n', 100_000), [], Key);

        CapturedLine line = Assert.Single(_gateway.Log.Lines, line => line.EventId == 561);
        Assert.Contains("nnn… outcome=unknown", line.Text, StringComparison.Ordinal);
        Assert.InRange(line.Text.Length, 128, 400);
    }

    /// <summary>Where client and provider speak the same, what the provider wrote is passed on as it is.</summary>
    [Theory]
    [InlineData("""{"choices":[]}""", false)]
    [InlineData("""{"choices":[{"index":0,"message":{"content":"\ud800"},"finish_reason":"stop"}]}""", false)]
    [InlineData("""{"choices":[{"index":0,"delta":{"content":"\ud800"},"finish_reason":"stop"}]}""", true)]
    public async Task AskModel_WhoseAnswerCannotBeRead_FailsAndIsNoMistakeOfTheGateway(string answer, bool streamed)
    {
        _gateway.Upstream.Answer(streamed
            ? ScriptedResponse.Events($"data: {answer}\n\ndata: [DONE]\n\n")
            : ScriptedResponse.Json(answer));
        var parameters = new JsonObject { ["name"] = "ask_model", ["arguments"] = Question("team/one") };
        if (streamed)
        {
            parameters["_meta"] = new JsonObject { ["progressToken"] = "p" };
        }

        ClientCall call = await _gateway.AskAsync("tools/call", parameters, version: "2025-11-25", key: Key);

        Assert.Contains("cannot be understood", call.ToolFailure(), StringComparison.Ordinal);
        Assert.DoesNotContain(_gateway.Log.Lines, line => line.EventId == 8);
    }

    public void Dispose() => _gateway.Dispose();

    private static JsonObject Question(string model) => new()
    {
        ["model"] = model,
        ["prompt"] = "Hi \"there\"",
        ["system"] = "Be brief.",
    };
}
