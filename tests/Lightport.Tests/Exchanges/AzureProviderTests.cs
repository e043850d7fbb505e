using System.Text.Json.Nodes;

namespace Lightport.Tests.Exchanges;

/// <summary>Azure OpenAI and Foundry as providers, and what their wire has beside OpenAI's.</summary>
public sealed class AzureProviderTests : IDisposable
{
    /// <summary>As Azure sends it before all else: https://learn.microsoft.com/azure/foundry/openai/concepts/content-streaming</summary>
    private const string FilterChunk = """
        data: {"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results":[{"prompt_index":0,"content_filter_results":{"hate":{"filtered":false,"severity":"safe"}}}]}


        """;

    private const string Filtered = """
        {"error":{"message":"The response was filtered.","type":null,"param":"prompt","code":"content_filter","status":400,
        "innererror":{"code":"ResponsibleAIPolicyViolation","content_filter_result":{"hate":{"filtered":true}}}}}
        """;

    private readonly TestGateway _gateway = new(
        "direct: on",
        providers: """
              azure-openai: { resource: contoso }
              dated: { use: azure-openai-dated, resource: contoso, api-version: 2024-10-21 }
              azure-ai: { resource: contoso }
              azure-anthropic: { resource: contoso }


            """);

    [Theory]
    [InlineData("azure-openai", "https://contoso.openai.azure.com/openai/v1/chat/completions")]
    [InlineData("dated", "https://contoso.openai.azure.com/openai/deployments/gpt/chat/completions?api-version=2024-10-21")]
    [InlineData("azure-ai", "https://contoso.services.ai.azure.com/openai/v1/chat/completions")]
    public async Task Chat_IsAskedForAtItsAddress(string provider, string address)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        ClientCall call = await SendAsync(GatewayEndpoints.ChatCompletions, $"{provider}/gpt", Wires.Chat);

        Assert.Equal(200, call.Status);
        Assert.Equal(address, _gateway.Upstream.Last.Address.AbsoluteUri);
        Assert.StartsWith("value-of-AZURE", _gateway.Upstream.Last.Header("api-key"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Claude_InFoundry_IsAskedForInMessages()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.MessagesAnswer));

        await SendAsync(GatewayEndpoints.Messages, "azure-anthropic/claude", Wires.Messages);

        Assert.Equal(
            "https://contoso.services.ai.azure.com/anthropic/v1/messages",
            _gateway.Upstream.Last.Address.AbsoluteUri);
    }

    /// <summary>A first chunk without choices neither ends the stream nor gives it its name.</summary>
    [Fact]
    public async Task FilterResults_BeforeTheFirstChunk_DisturbNobody()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Events(FilterChunk + Wires.ChatEvents))
            .Answer(ScriptedResponse.Events(FilterChunk + Wires.ChatEvents));

        ClientCall chat = await SendAsync(GatewayEndpoints.ChatCompletions, "azure-openai/gpt", Wires.ChatStream);
        ClientCall messages = await SendAsync(GatewayEndpoints.Messages, "azure-openai/gpt", Wires.MessagesStream);

        JsonNode[] chunks =
        [
            .. chat.Text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
                .Where(frame => frame != "data: [DONE]")
                .Select(frame => JsonNode.Parse(frame["data: ".Length..])!),
        ];
        Assert.Equal("Hello", string.Concat(chunks
            .SelectMany(chunk => chunk["choices"]!.AsArray())
            .Select(choice => (string?)choice!["delta"]!["content"])));
        Assert.Single(chunks.Where(chunk => chunk["choices"]!.AsArray().Count > 0).Select(chunk => (string?)chunk["id"]).Distinct());
        Assert.EndsWith("data: [DONE]\n\n", chat.Text, StringComparison.Ordinal);
        Assert.Contains("\"text\":\"Hello\"", messages.Text, StringComparison.Ordinal);
        Assert.Contains("message_stop", messages.Text, StringComparison.Ordinal);
    }

    /// <summary>
    /// https://learn.microsoft.com/azure/foundry/openai/concepts/content-filter: an error of status 400 that says so twice.
    /// </summary>
    [Theory]
    [InlineData("azure-openai")]
    [InlineData("dated")]
    public async Task Prompt_ThatIsFiltered_IsAContentFilterError(string provider)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Filtered, 400)).Answer(ScriptedResponse.Json(Filtered, 400));

        ClientCall chat = await SendAsync(GatewayEndpoints.ChatCompletions, $"{provider}/gpt", Wires.Chat);
        ClientCall messages = await SendAsync(GatewayEndpoints.Messages, $"{provider}/gpt", Wires.Messages);

        Assert.Equal((400, "content_filter"), (chat.Status, chat.Error("code")));
        Assert.Equal("The response was filtered.", chat.Error("message"));
        Assert.Equal((400, "invalid_request_error"), (messages.Status, messages.Error("type")));
        Assert.Equal(Lightport.Conversation.ErrorKind.ContentFilter, _gateway.Record.Error!.Kind);
    }

    /// <summary>Azure's answers to a wrong key have the status as their code.</summary>
    [Fact]
    public async Task Key_ThatIsRefused_IsTheInstallationsTrouble()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(
            """{"error":{"code":"401","message":"Access denied due to invalid subscription key."}}""", 401));

        ClientCall call = await SendAsync(GatewayEndpoints.ChatCompletions, "azure-openai/gpt", Wires.Chat);

        Assert.Equal((502, "provider_key_refused"), (call.Status, call.Error("code")));
    }

    public void Dispose() => _gateway.Dispose();

    private Task<ClientCall> SendAsync(GatewayEndpoint door, string model, string body) => _gateway.SendAsync(
        door,
        Wires.For(model, body),
        new Dictionary<string, string> { ["x-lightport-no-retry"] = "true" });
}
