using Lightport.Transport;
using Lightport.Transport.Body;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Lightport.Tests.Exchanges;

/// <summary>What no header may hold gets into none: not from a client, an operator or a provider.</summary>
public sealed class IllegalHeaderTests : IDisposable
{
    private const string OwnKeys = "admission: { mode: bring-your-own }\nmodels: { m: [openai/x], claude: [anthropic/y] }";

    private readonly TestGateway _gateway = new("models: { m: [openai/x], both: [openai/x, anthropic/y] }");

    [Theory]
    [InlineData("?key=sk-proj-1%0d%0aX-Smuggled:%201")]
    [InlineData("?key=sk-proj-1%0d%0a%0d%0aPOST%20/v1/chat/completions%20HTTP/1.1")]
    [InlineData("?key=sk-proj-%D0%BA")]
    public async Task OwnKeyWithMoreThanVisibleAscii_IsNoKey(string query)
    {
        using var gateway = new TestGateway(OwnKeys);
        ClientCall call = await gateway.SendAsync(
            GatewayEndpoints.ChatCompletions, Wires.Chat, path: GatewayEndpoints.ChatCompletions.Path + query);
        Assert.Equal(401, call.Status);
        Assert.Empty(gateway.Upstream.Seen);
    }

    [Theory]
    [InlineData("sk-1\r\nX-Smuggled: 1")]
    [InlineData("sk-1\n")]
    [InlineData("sk-\u043a\u043b\u044e\u0447")]
    public async Task SecretThatNoHeaderMayHold_Is503ThatNamesIt(string value)
    {
        _gateway.Secrets.Values["OPENAI_API_KEY"] = value;
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat);
        Assert.Equal(503, call.Status);
        Assert.Equal("provider_not_configured", call.Error("code"));
        Assert.Contains("'OPENAI_API_KEY'", call.Error("message"), StringComparison.Ordinal);
        Assert.Equal(1, _gateway.Record.Attempts);
        Assert.Empty(_gateway.Upstream.Seen);
    }

    [Fact]
    public async Task SecretThatNoHeaderMayHold_NextTargetAnswers()
    {
        _gateway.Secrets.Values["OPENAI_API_KEY"] = "sk-1\n";
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.MessagesAnswer));
        ClientCall call = await _gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.For("both", Wires.Chat));
        Assert.Equal("anthropic", call.Header("x-lightport-provider"));
    }

    [Fact]
    public async Task ClientsHeaderThatIsHandedOn_Is400ThatNamesIt()
    {
        using var gateway = new TestGateway(OwnKeys);
        var headers = new Dictionary<string, string>
        {
            ["x-api-key"] = "sk-ant-1",
            ["anthropic-beta"] = "caf\u00e9\u0001",
        };
        ClientCall call = await gateway.SendAsync(
            GatewayEndpoints.Messages, Wires.For("claude", Wires.Messages), headers);
        Assert.Equal(400, call.Status);
        Assert.Contains("'anthropic-beta'", call.Error("message"), StringComparison.Ordinal);
        Assert.Empty(gateway.Upstream.Seen);
    }

    [Fact]
    public void Request_WithAnIllegalHeader_CannotBeMade()
    {
        IllegalHeaderException refused = Assert.Throws<IllegalHeaderException>(() => new UpstreamRequest(
            "pool",
            new Uri("http://provider.example/"),
            [new("x-good", "a b"), new("x-bad", "canary\r\nX-Smuggled: 1")],
            new BodySegments([]),
            TimeSpan.FromSeconds(1)));
        Assert.Equal("x-bad", refused.Name);
        Assert.DoesNotContain("canary", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\u0001b", 200)]
    [InlineData("caf\u00e9", 200)]
    [InlineData("a\u0001b", 429)]
    public async Task ProvidersHeader_CostsNoAnswer(string value, int status)
    {
        byte[] body = System.Text.Encoding.UTF8.GetBytes(Wires.ChatAnswer);
        _gateway.Upstream.Answer(new ScriptedResponse(status, "application/json", new MemoryStream(body))
        {
            Fields = { ["x-ratelimit-note"] = value },
        });
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.ChatCompletions,
            Wires.Chat,
            new Dictionary<string, string> { ["x-lightport-no-retry"] = "true" });
        Assert.Equal(status, call.Status);
        Assert.Matches("^[ -~]*[?][ -~]*$", call.Header("x-ratelimit-note"));
        Assert.Equal(status, _gateway.Record.Status);
    }

    [Fact]
    public async Task ErrorThatCannotBeTold_BreaksTheConnectionOffAndIsRecorded()
    {
        var answered = new TaskCompletionSource<UpstreamResponse>();
        _gateway.Upstream.Answer(_ => answered.Task);
        ClientCall call = _gateway.Start(GatewayEndpoints.ChatCompletions, Wires.Chat);
        call.Context.Features.Get<IHttpResponseFeature>()!.Headers = new HeaderDictionary { IsReadOnly = true };
        answered.SetResult(ScriptedResponse.Error(400));
        await call.Done;
        Assert.True(call.Lifetime.BrokenOff);
        Assert.Equal("its_type", _gateway.Record.Error!.Type);
        Assert.Single(_gateway.Log.Lines, line => line.EventId == 8);
    }

    public void Dispose() => _gateway.Dispose();
}
