using Lightport.Admission;

namespace Lightport.Tests.Exchanges;

/// <summary>Azure's own clients, who name their deployment in the path and show their key in <c>api-key</c>.</summary>
public sealed class AzureDoorTests : IDisposable
{
    private const string Version = "?api-version=2024-10-21";
    private const string Path = "/openai/deployments/m/chat/completions" + Version;

    private static readonly Dictionary<string, string> Key = new() { ["api-key"] = "bound-key-0123456789" };

    private readonly TestGateway _gateway = new($$"""
        models: { m: [openai/gpt-5], claude: [anthropic/claude-x], "openai/gpt-5": [openai/gpt-5], vectors: [openai/v] }
        keys: [{ name: bound, sha256: "{{KeyHash.Of(Key["api-key"])}}", models: [m, claude, vectors, "openai/gpt-5"] }]
        """);

    /// <summary>The SDKs differ in what they send there; on Azure it does not count.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("\"model\":\"\",")]
    [InlineData("\"model\":null,")]
    [InlineData("\"model\":\"claude\",")]
    public async Task Deployment_OfThePath_WinsOverTheBodysModel(string model)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        ClientCall call = await SendAsync(
            GatewayAzureEndpoints.DeploymentChatCompletions, Path, $$"""{{{model}}{{Wires.Chat[13..]}}""");

        Assert.Equal(200, call.Status);
        Assert.Equal("gpt-5", (string?)_gateway.Upstream.Last.Json["model"]);
        Assert.Equal(("m", "m"), (_gateway.Record.RequestedModel, call.Header("x-lightport-route")));
    }

    [Fact]
    public async Task ApiVersion_OfTheClient_GoesToNobody()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        await SendAsync(GatewayAzureEndpoints.DeploymentChatCompletions, Path, Wires.Chat);

        Assert.Equal("https://api.openai.com/v1/chat/completions", _gateway.Upstream.Last.Address.AbsoluteUri);
        Assert.Null(_gateway.Upstream.Last.Header("api-key"));
    }

    [Theory]
    [InlineData("openai/gpt-5")]
    [InlineData("openai%2Fgpt-5")]
    public async Task Deployment_WithASlash_IsTheModelOfThatName(string model)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        ClientCall call = await SendAsync(
            GatewayAzureEndpoints.DeploymentChatCompletions,
            Path.Replace("/m/", $"/{model}/", StringComparison.Ordinal),
            Wires.Chat);

        Assert.Equal((200, "openai/gpt-5"), (call.Status, call.Header("x-lightport-route")));
    }

    [Fact]
    public async Task Deployment_OfAnotherVendorsModel_IsTranslated()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.MessagesAnswer));

        ClientCall call = await SendAsync(
            GatewayAzureEndpoints.DeploymentChatCompletions,
            Path.Replace("/m/", "/claude/", StringComparison.Ordinal),
            """{"messages":[{"role":"user","content":"hi"}]}""");

        Assert.Equal("claude-x", (string?)_gateway.Upstream.Last.Json["model"]);
        Assert.Equal("Hello", (string?)call.Json["choices"]![0]!["message"]!["content"]);
    }

    [Fact]
    public async Task Completions_AndEmbeddings_HaveTheirModelInThePathToo()
    {
        _gateway.Upstream
            .Answer(ScriptedResponse.Json("""{"id":"c","object":"text_completion","created":1,"model":"x","choices":[]}"""))
            .Answer(ScriptedResponse.Json("""{"object":"list","data":[],"model":"v"}"""));

        await SendAsync(
            GatewayAzureEndpoints.DeploymentCompletions, "/openai/deployments/m/completions", """{"prompt":"hi"}""");
        Assert.Equal("gpt-5", (string?)_gateway.Upstream.Last.Json["model"]);

        await SendAsync(
            GatewayAzureEndpoints.DeploymentEmbeddings, "/openai/deployments/vectors/embeddings", """{"input":"hi"}""");
        Assert.Equal("v", (string?)_gateway.Upstream.Last.Json["model"]);
    }

    [Fact]
    public async Task Deployment_ThatTheKeyMayNotUse_IsRefused()
    {
        ClientCall call = await SendAsync(
            GatewayAzureEndpoints.DeploymentChatCompletions,
            Path.Replace("/m/", "/secret/", StringComparison.Ordinal),
            Wires.Chat);

        Assert.Equal((403, "model_not_allowed"), (call.Status, call.Error("code")));
        Assert.Empty(_gateway.Upstream.Seen);
    }

    [Fact]
    public async Task VersionOne_NamesItsModelInTheBody()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        ClientCall call = await SendAsync(
            GatewayAzureEndpoints.ChatCompletions, GatewayAzureEndpoints.ChatCompletions.Path + Version, Wires.Chat);
        ClientCall models = await SendAsync(GatewayAzureEndpoints.Models, GatewayAzureEndpoints.Models.Path, "");

        Assert.Equal((200, "m"), (call.Status, call.Header("x-lightport-route")));
        Assert.Contains("\"claude\"", models.Text, StringComparison.Ordinal);
    }

    public void Dispose() => _gateway.Dispose();

    private Task<ClientCall> SendAsync(GatewayEndpoint door, string path, string body) =>
        _gateway.SendAsync(door, body, Key, path);
}
