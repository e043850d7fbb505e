namespace Lightport.Tests.Exchanges;

/// <summary>What is said of one endpoint holds there, and at no other of the provider.</summary>
public sealed class EndpointTests : IDisposable
{
    private readonly TestGateway _gateway = new("""
          two:
            use: openai-compatible
            base-url: "https://two.example/v1"
            key: OPENAI_API_KEY
            headers: { x-team: a, x-wire: any }
            endpoints:
              openai-chat:
                stream-path: /chat/stream
                auth: { scheme: header, name: x-chat-key, prefix: "Key " }
                parameters: { seed: { rename: random_seed } }
                headers: { x-wire: chat }
                forward-headers: [x-tenant]
              anthropic-messages: /messages
        models: { m: [two/x] }
        """);

    private static readonly Dictionary<string, string> Tenant = new() { ["x-tenant"] = "t1" };

    [Fact]
    public async Task Endpoint_WithFactsOfItsOwn_IsCalledByThem()
    {
        SeenRequest seen = await SendAsync(
            GatewayEndpoints.ChatCompletions,
            """{"model":"m","messages":[{"role":"user","content":"hi"}],"seed":7}""",
            Wires.ChatAnswer);

        Assert.Equal("https://two.example/v1/chat/completions", seen.Address.AbsoluteUri);
        Assert.Equal(("a", "chat", "t1"), (seen.Header("x-team"), seen.Header("x-wire"), seen.Header("x-tenant")));
        Assert.StartsWith("Key ", seen.Header("x-chat-key"), StringComparison.Ordinal);
        Assert.Null(seen.Header("authorization"));
        Assert.Equal(7, (int)seen.Json["random_seed"]!);
    }

    [Fact]
    public async Task Endpoint_WithAStreamPath_TakesStreamedCallsThere()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Events(Wires.ChatEvents));
        await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For("m", Wires.ChatStream));

        Assert.Equal("https://two.example/v1/chat/stream", _gateway.Upstream.Last.Address.AbsoluteUri);
    }

    [Fact]
    public async Task Endpoint_OfAPathAlone_IsCalledAsTheProviderIs()
    {
        SeenRequest seen = await SendAsync(
            GatewayEndpoints.Messages, Wires.For("m", Wires.Messages), Wires.MessagesAnswer);

        Assert.Equal("https://two.example/v1/messages", seen.Address.AbsoluteUri);
        Assert.Equal(("any", null, null), (seen.Header("x-wire"), seen.Header("x-tenant"), seen.Header("x-chat-key")));
        Assert.StartsWith("Bearer ", seen.Header("authorization"), StringComparison.Ordinal);
    }

    public void Dispose() => _gateway.Dispose();

    private async Task<SeenRequest> SendAsync(GatewayEndpoint endpoint, string body, string answer)
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(answer));
        await _gateway.SendAsync(endpoint, body, Tenant);
        return _gateway.Upstream.Last;
    }
}
