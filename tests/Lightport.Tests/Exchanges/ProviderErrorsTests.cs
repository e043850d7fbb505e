using Lightport.Tests.Dialects.Google.Gemini;

namespace Lightport.Tests.Exchanges;

/// <summary>A provider's errors, in the words of whoever asked, and never blamed on the wrong one.</summary>
public sealed class ProviderErrorsTests : IDisposable
{
    private const string Unknown = """
        {"error":{"message":"The model `x` does not exist","type":"invalid_request_error","param":null,"code":"model_not_found"}}
        """;

    private const string Refused = """
        {"error":{"message":"Incorrect API key provided: sk-pr*canary.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}
        """;

    private static readonly string LongError =
        $$$"""{"error":{"message":"Wrong: {{{new string('x', 300_000)}}}","type":"{{{new string('t', 9_000)}}}","param":null,"code":null}}""";

    private readonly TestGateway _gateway = new(
        "models: { m: { targets: [openai/x], retry: { attempts: 1 } }, both: [openai/x, anthropic/y] }");

    [Theory]
    [InlineData(404, Unknown, "not_found_error")]
    [InlineData(400, Unknown, "invalid_request_error")]
    [InlineData(403, """{"error":{"message":"m","type":"invalid_request_error","code":null}}""", "permission_error")]
    [InlineData(429, """{"error":{"message":"m","type":"api_error","code":null}}""", "rate_limit_error")]
    public async Task MessagesClient_ReadsTheTypeThatGoesWithTheStatus(int status, string body, string type)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(body, status));
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Messages, Wires.Messages);
        Assert.Equal((status, type), (call.Status, call.Error("type")));
    }

    [Theory]
    [InlineData("ChatCompletions", Wires.Chat, 401)]
    [InlineData("ChatCompletions", Wires.ChatStream, 401)]
    [InlineData("Messages", Wires.Messages, 401)]
    [InlineData("ChatCompletions", Wires.Chat, 200)]
    public async Task RefusedKeyOfTheGateway_IsItsOwnTrouble(string door, string request, int status)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Refused, status));
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.All.Single(one => one.Name == door), request);
        Assert.Equal(502, call.Status);
        Assert.StartsWith("openai refused the key that the gateway has for it.", call.Error("message"));
        Assert.DoesNotContain("canary", call.Text, StringComparison.Ordinal);
        Assert.Equal(door == "Messages" ? "api_error" : "server_error", call.Error("type"));
        Assert.Equal("provider_key_refused", _gateway.Record.Error?.Code);
        Assert.EndsWith(
            "has no key for openai: the key was refused.",
            Assert.Single(_gateway.Log.Lines, line => line.EventId == 9).Text);
        Assert.Single(_gateway.Upstream.Seen);
    }

    [Fact]
    public async Task RefusedKeyOfTheGateway_NextTargetAnswers()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Refused, 401))
            .Answer(ScriptedResponse.Json(Wires.MessagesAnswer));
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For("both", Wires.Chat));
        Assert.Equal((200, 2), (call.Status, _gateway.Upstream.Seen.Count));
    }

    [Theory]
    [InlineData("ChatCompletions", Wires.Chat, "invalid_request_error")]
    [InlineData("Messages", Wires.Messages, "authentication_error")]
    public async Task RefusedKeyOfTheClient_IsToldAsSuch(string door, string request, string type)
    {
        using var gateway = new TestGateway("admission: { mode: bring-your-own }\nmodels: { m: [openai/x] }");
        gateway.Upstream.Answer(ScriptedResponse.Json(Refused, 401));
        ClientCall call = await gateway.SendAsync(
            GatewayEndpoints.All.Single(one => one.Name == door),
            request,
            new Dictionary<string, string> { ["authorization"] = "Bearer sk-proj-own" });
        Assert.Equal((401, type), (call.Status, call.Error("type")));
        Assert.StartsWith("Incorrect API key provided", call.Error("message"));
    }

    [Theory]
    [InlineData("openai", "x-request-id", 429)]
    [InlineData("openai", "x-request-id", 401)]
    [InlineData("anthropic", "request-id", 429)]
    public async Task ProvidersIdAndPriorityHeaders_ReachTheClient(string provider, string name, int status)
    {
        using var gateway = new TestGateway($"models: {{ m: [{provider}/x] }}");
        var answer = new ScriptedResponse(
            status, "application/json", new MemoryStream("{\"error\":{\"message\":\"m\"}}"u8.ToArray()))
        {
            Fields = { [name] = "req_theirs", ["anthropic-priority-input-tokens-remaining"] = "7" },
        };
        gateway.Upstream.Answer(answer);
        ClientCall call = await gateway.SendAsync(
            GatewayEndpoints.ChatCompletions,
            Wires.Chat,
            new Dictionary<string, string> { ["x-lightport-no-retry"] = "true" });
        Assert.Equal("req_theirs", call.Header("x-lightport-provider-request-id"));
        Assert.Equal("7", call.Header("anthropic-priority-input-tokens-remaining"));
        Assert.Equal(gateway.Record.RequestId, call.Header("x-request-id"));
    }

    /// <summary>SDKs wait by these, whichever dialect they speak.</summary>
    [Theory]
    [InlineData("ChatCompletions")]
    [InlineData("Messages")]
    [InlineData("Responses")]
    [InlineData("GenerateContentBeta")]
    public async Task WaitsAndLimits_OfARefusal_ReachEveryClient(string door)
    {
        (string Name, string Value)[] told =
        [
            ("retry-after", "7"), ("retry-after-ms", "6500"), ("x-should-retry", "true"),
            ("x-ratelimit-reset-requests", "6.5s"), ("anthropic-ratelimit-tokens-remaining", "0"),
            ("ratelimit-reset", "7"),
        ];
        var refusal = ScriptedResponse.Error(429);
        told.ToList().ForEach(header => refusal.Fields[header.Name] = header.Value);
        _gateway.Upstream.Answer(refusal);

        ClientCall call = await AskAsync(door);

        Assert.Equal((429, "Told by the provider."), (call.Status, call.Error("message")));
        Assert.Equal(told, told.Select(header => (header.Name, call.Header(header.Name)!)));
    }

    [Theory]
    [InlineData("ChatCompletions")]
    [InlineData("Messages")]
    [InlineData("Responses")]
    [InlineData("GenerateContentBeta")]
    public async Task LongRefusal_IsCutAndSaysSo(string door)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(LongError, 400));

        ClientCall call = await AskAsync(door);

        Assert.Equal(400, call.Status);
        Assert.StartsWith("Wrong: xxx", call.Error("message"), StringComparison.Ordinal);
        Assert.EndsWith("x… (The gateway cut the rest off.)", call.Error("message"), StringComparison.Ordinal);
        Assert.InRange(call.Text.Length, 4_000, 8_000);
    }

    [Theory]
    [InlineData("Messages", Wires.MessagesStream)]
    [InlineData("ChatCompletions", Wires.ChatStream)]
    public async Task LongErrorWithinAStream_IsCutAndSaysSo(string door, string request)
    {
        using var gateway = new TestGateway("models: { m: { targets: [loose/x], retry: { attempts: 1 } } }");
        gateway.Upstream.Answer(ScriptedResponse.Events(
            Wires.ChatRole + Wires.ChatText + $"data: {LongError}\n\n"));

        ClientCall call = await gateway.SendAsync(GatewayEndpoints.All.Single(one => one.Name == door), request);

        Assert.Contains("Hello", call.Text, StringComparison.Ordinal);
        Assert.Contains("(The gateway cut the rest off.)", call.Text, StringComparison.Ordinal);
        Assert.InRange(call.Text.Length, 4_000, 8_000);
    }

    public void Dispose() => _gateway.Dispose();

    private Task<ClientCall> AskAsync(string door) => door switch
    {
        "Messages" => _gateway.SendAsync(GatewayEndpoints.Messages, Wires.Messages),
        "Responses" => _gateway.SendAsync(GatewayEndpoints.Responses, """{"model":"m","input":"hi"}"""),
        "GenerateContentBeta" => _gateway.GenerateAsync(),
        _ => _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat),
    };
}
