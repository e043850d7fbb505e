using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Lightport.Tests.Exchanges;

/// <summary>The doors that no provider is behind, and what a client meets at the wrong one.</summary>
public sealed class DoorsTests : IDisposable
{
    private static readonly Dictionary<string, string> Anthropic = new() { ["anthropic-version"] = "2023-06-01" };

    private readonly TestGateway _gateway = new("""
        models: { fast: openai/x, "claude-*": anthropic/*, team/one: openai/y }
        """);

    [Fact]
    public async Task Models_AreListedInThreeShapes()
    {
        ClientCall openai = await _gateway.SendAsync(GatewayEndpoints.Models);
        Assert.Equal("list", (string?)openai.Json["object"]);
        Assert.Equal(["fast", "team/one", "echo"], Names(openai.Json["data"]!, "id"));
        JsonNode first = openai.Json["data"]![0]!;
        Assert.Equal("model", (string?)first["object"]);
        Assert.True(first["created"] is not null && first["owned_by"] is not null);

        ClientCall anthropic = await _gateway.SendAsync(
            GatewayEndpoints.Models, headers: Anthropic, path: "/v1/models?limit=1000");
        Assert.False((bool)anthropic.Json["has_more"]!);
        Assert.Equal((string?)anthropic.Json["data"]![0]!["id"], (string?)anthropic.Json["first_id"]);
        Assert.Equal("model", (string?)anthropic.Json["data"]![0]!["type"]);

        ClientCall gemini = await _gateway.SendAsync(
            GatewayEndpoints.Models, headers: new Dictionary<string, string> { ["x-goog-api-key"] = "k" });
        Assert.Contains("models/fast", Names(gemini.Json["models"]!, "name"));
    }

    [Theory]
    [InlineData("fast")]
    [InlineData("team/one")]
    [InlineData("team%2Fone")]
    [InlineData("claude-sonnet-5")]
    [InlineData("anthropic/claude-sonnet-5")]
    [InlineData("groq/meta-llama/llama-4")]
    public async Task Model_ById_IsFound(string id)
    {
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Model, path: "/v1/models/" + id);
        Assert.Equal(200, call.Status);
        Assert.Equal(Uri.UnescapeDataString(id), (string?)call.Json["id"]);
    }

    [Fact]
    public async Task Model_EscapedTwice_IsUnescapedOnce() =>
        Assert.Equal(404, (await _gateway.SendAsync(GatewayEndpoints.Model, path: "/v1/models/f%2561st")).Status);

    [Fact]
    public async Task Model_Unknown_Is404InTheClientsDialect()
    {
        Assert.Equal(404, (await _gateway.SendAsync(GatewayEndpoints.Model, path: "/v1/models/deepseek/x")).Status);
        ClientCall openai = await _gateway.SendAsync(GatewayEndpoints.Model, path: "/v1/models/none");
        Assert.Equal(404, openai.Status);
        Assert.Equal("model_not_found", openai.Error("code"));

        ClientCall anthropic = await _gateway.SendAsync(
            GatewayEndpoints.Model, headers: Anthropic, path: "/v1/models/none");
        Assert.Equal("error", (string?)anthropic.Json["type"]);
        Assert.Equal("not_found_error", anthropic.Error("type"));
    }

    [Theory]
    [InlineData("/chat/completions", "/v1/chat/completions")]
    [InlineData("/v1/v1/messages", "/v1/messages")]
    public async Task WrongPath_Is404ThatNamesTheRightOne(string path, string meant)
    {
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Unknown, "{}", path: path, method: "POST");
        Assert.Equal(404, call.Status);
        Assert.Equal("unknown_url", call.Error("code"));
        Assert.Contains($"Did you mean POST {meant}?", call.Error("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/moderations")]
    [InlineData("/v1/images/generations")]
    public async Task WrongPath_BelowTheVersion_IsToldWhatIsServedThere(string path)
    {
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Unknown, "{}", path: path, method: "POST");
        Assert.Equal(404, call.Status);
        Assert.Contains("serves POST /v1/chat/completions, ", call.Error("message"), StringComparison.Ordinal);
        Assert.Contains("GET /v1/models/{id}.", call.Error("message"), StringComparison.Ordinal);
        Assert.DoesNotContain("base address", call.Error("message"), StringComparison.Ordinal);
        Assert.DoesNotContain("/manage", call.Error("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/manage")]
    [InlineData("/manage/key")]
    public async Task WrongPath_OfManagement_IsToldWhereItsDoorsAreListed(string path)
    {
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.Unknown, path: path, method: "GET");
        Assert.Equal(404, call.Status);
        Assert.Contains("GET /manage/openapi.json lists", call.Error("message"), StringComparison.Ordinal);
        Assert.DoesNotContain("base address", call.Error("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongMethod_Is405WithAllowInTheClientsDialect()
    {
        ClientCall chat = await _gateway.SendAsync(
            GatewayEndpoints.Unknown, path: "/v1/chat/completions", method: "GET");
        Assert.Equal(405, chat.Status);
        Assert.Equal("POST", chat.Header("allow"));
        Assert.Equal("method_not_allowed", chat.Error("code"));

        ClientCall messages = await _gateway.SendAsync(
            GatewayEndpoints.Unknown, path: "/v1/messages", method: "DELETE");
        Assert.Equal(405, messages.Status);
        Assert.Equal("error", (string?)messages.Json["type"]);
    }

    [Theory]
    [InlineData("/v1beta/models/x:predict")]
    [InlineData("/v1/models/x:predict")]
    public async Task UnknownVerbOfAModel_Is404AsGoogleTellsIt(string path)
    {
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Unknown,
            "{}",
            headers: new Dictionary<string, string> { ["x-goog-api-key"] = "k" },
            path: path,
            method: "POST");

        Assert.Equal((404, "NOT_FOUND"), (call.Status, call.Error("status")));
        Assert.Contains(
            "asked to generateContent, streamGenerateContent, countTokens.",
            call.Error("message"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongPath_OfAGoogleClient_IsToldAsGoogleTellsErrors_InPlainLetters()
    {
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Unknown,
            headers: new Dictionary<string, string> { ["x-goog-api-key"] = "k" },
            path: "/nope",
            method: "GET");

        Assert.Equal(404, call.Status);
        Assert.Equal("NOT_FOUND", call.Error("status"));
        Assert.Equal(404, (int?)call.Json["error"]!["code"]);
        Assert.Contains("Anthropic's one that does not", call.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongPath_LeavesALineWithoutItsQuery()
    {
        string path = "/v2/chat\n" + new string('x', 300);

        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.Unknown, "{}", path: path + "?key=canary", method: "POST");

        CapturedLine line = Assert.Single(_gateway.Log.Lines, line => line.EventId == 10);
        Assert.Equal(
            $"{call.Header("x-request-id")} found no door: status=404 method=POST "
            + $"path=\"/v2/chat\\n{new string('x', 191)}…\"",
            line.Text);
    }

    [Fact]
    public async Task UnknownModel_Is404ThatNamesNearOnes()
    {
        ClientCall chat = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For("fest", Wires.Chat));
        Assert.Equal(404, chat.Status);
        Assert.Equal("model_not_found", chat.Error("code"));
        Assert.Contains("fast", chat.Error("message"), StringComparison.Ordinal);

        ClientCall messages = await _gateway.SendAsync(GatewayEndpoints.Messages, Wires.Messages);
        Assert.Equal("not_found_error", messages.Error("type"));
    }

    [Fact]
    public async Task HealthWelcomeAndProbes_NeedNoKey()
    {
        using var gateway = new TestGateway("admission: { mode: keys }", clientKey: "lp-canary-key");
        Assert.Equal("ok", (string?)(await gateway.SendAsync(GatewayEndpoints.Health)).Json["status"]);
        Assert.Equal("Lightport", (string?)(await gateway.SendAsync(GatewayEndpoints.Welcome)).Json["name"]);
        Assert.Equal(200, (await gateway.SendAsync(GatewayEndpoints.HelloProbe)).Status);
        Assert.Equal(401, (await gateway.SendAsync(GatewayEndpoints.Models)).Status);
        Assert.Equal(401, (await gateway.SendAsync(GatewayEndpoints.Model, path: "/v1/models/echo")).Status);
        Assert.Empty(gateway.Usage.Records);
    }

    [Theory]
    [InlineData("ChatCompletions")]
    [InlineData("Messages")]
    public async Task NoKey_Is401BeforeTheBodyIsRead(string door)
    {
        using var gateway = new TestGateway("models: { m: openai/x }", clientKey: "lp-canary-key");
        bool messages = door == "Messages";
        ClientCall call = await gateway.SendAsync(
            messages ? GatewayEndpoints.Messages : GatewayEndpoints.ChatCompletions, "no json at all");
        Assert.Equal(401, call.Status);
        Assert.Equal(messages ? "authentication_error" : "invalid_request_error", call.Error("type"));
        Assert.Equal(401, gateway.Record.Status);
    }

    [Fact]
    public async Task AllowedModels_AreTheOnlyOnesListedAndAnswered()
    {
        const string Key = "lp-some-key-0123456789";
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Key)));
        using var gateway = new TestGateway($$"""
            models: { fast: openai/x, team/one: openai/y }
            keys: [{ name: some, sha256: {{hash}}, models: ["team/*"] }]
            """);
        var headers = new Dictionary<string, string> { ["x-api-key"] = Key };
        ClientCall list = await gateway.SendAsync(GatewayEndpoints.Models, headers: headers);
        Assert.Equal(["team/one"], Names(list.Json["data"]!, "id"));
        ClientCall hidden = await gateway.SendAsync(GatewayEndpoints.Model, headers: headers, path: "/v1/models/fast");
        Assert.Equal(404, hidden.Status);
        ClientCall direct = await gateway.SendAsync(
            GatewayEndpoints.Model, headers: headers, path: "/v1/models/openai/gpt-4o");
        Assert.Equal(404, direct.Status);

        ClientCall refused = await gateway.SendAsync(
            GatewayEndpoints.ChatCompletions, Wires.For("fast", Wires.Chat), headers);
        Assert.True(refused.Status is 403 or 404, refused.Text);
        Assert.Empty(gateway.Upstream.Seen);

        gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        ClientCall taken = await gateway.SendAsync(
            GatewayEndpoints.ChatCompletions, Wires.For("team/one", Wires.Chat), headers);
        Assert.Equal(200, taken.Status);
        Assert.Equal("some", gateway.Record.Key);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("{", "not valid JSON")]
    [InlineData("[1]", "object")]
    [InlineData("{}", "You must provide 'messages'")]
    [InlineData("{\"messages\":[{}]}", "You must provide a model")]
    [InlineData("{\"model\":7,\"messages\":[{}]}", "'model' must be a string")]
    [InlineData("{\"model\":\"fast\",\"messages\":[{}],\"stream\":\"yes\"}", "'stream' must be true or false")]
    public async Task BadBody_Is400ThatSaysWhat(string body, string what)
    {
        foreach (GatewayEndpoint endpoint in new[] { GatewayEndpoints.ChatCompletions, GatewayEndpoints.Messages })
        {
            ClientCall call = await _gateway.SendAsync(endpoint, body);
            Assert.Equal(400, call.Status);
            Assert.Contains(what, call.Error("message"), StringComparison.Ordinal);
            Assert.Equal("invalid_request_error", call.Error("type"));
        }
    }

    public void Dispose() => _gateway.Dispose();

    private static IEnumerable<string> Names(JsonNode list, string field) =>
        list.AsArray().Select(model => (string)model![field]!);
}
