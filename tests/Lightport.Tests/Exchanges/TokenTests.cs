using Lightport.Providers;
using Lightport.Tests.Transport.Tokens;
using Lightport.Transport.Tokens;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Tests.Exchanges;

/// <summary>Providers that want a token where others want a key.</summary>
public sealed class TokenTests : IDisposable
{
    private const string Token = """{"access_token":"ya29.a-token-of-google","expires_in":3599}""";

    private static readonly ProviderFile File = new("cloud.json", """
        {
          "id": "cloud", "name": "Cloud", "source": "https://cloud.example/docs", "base-url": "https://cloud.example",
          "auth": { "scheme": "token", "name": "google", "scope": "platform", "key": "CLOUD_KEY" },
          "identities": { "entra": "models" },
          "endpoints": { "openai-chat": "/chat" }
        }
        """u8.ToArray());

    private readonly ScriptedTokenSource _entra = new();
    private readonly TestGateway _gateway;

    public TokenTests()
    {
        _gateway = new TestGateway(
            "models: { m: [cloud/x], own: [here/x] }",
            providers: "  cloud: {}\n  here: { use: cloud, auth: entra }\n\n",
            configure: services => services.AddSingleton(File).AddKeyedSingleton<ITokenSource>("entra", _entra));
        _gateway.Secrets.Values["CLOUD_KEY"] = GoogleKeys.ServiceAccount();
    }

    [Fact]
    public async Task Key_IsExchangedOnceAndItsTokenShown()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Token))
            .Answer(ScriptedResponse.Json(Wires.ChatAnswer))
            .Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        await SendAsync();
        await SendAsync();

        Assert.Equal(
            ["https://oauth2.googleapis.com/token", "https://cloud.example/chat", "https://cloud.example/chat"],
            _gateway.Upstream.Seen.Select(seen => seen.Address.AbsoluteUri));
        Assert.Equal("Bearer ya29.a-token-of-google", _gateway.Upstream.Last.Header("authorization"));
    }

    [Fact]
    public async Task Token_ThatIsRefused_IsDroppedAndQuotedToNobody()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Token))
            .Answer(ScriptedResponse.Json("""{"error":{"message":"bad ya29.a-token-of-google"}}""", 401))
            .Answer(ScriptedResponse.Json(Token))
            .Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        ClientCall refused = await SendAsync();
        ClientCall next = await SendAsync();

        Assert.Equal((502, "provider_key_refused"), (refused.Status, refused.Error("code")));
        Assert.DoesNotContain("ya29", refused.Text, StringComparison.Ordinal);
        Assert.Equal(200, next.Status);
        Assert.Equal(["CLOUD_KEY"], _gateway.Secrets.Invalidated);
    }

    [Fact]
    public async Task Token_QuotedInAnError_IsTakenOut()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Token))
            .Answer(ScriptedResponse.Json("""{"error":{"message":"bad ya29.a-token-of-google"}}""", 400));

        Assert.Equal("bad [key]", (await SendAsync()).Error("message"));
    }

    [Fact]
    public async Task Credential_ThatCannotBeExchanged_IsAConfigurationError()
    {
        _gateway.Secrets.Values["CLOUD_KEY"] = """{"type":"service_account","client_email":"canary"}""";

        ClientCall call = await SendAsync();

        Assert.Equal((503, "provider_not_configured"), (call.Status, call.Error("code")));
        Assert.Equal("cloud is not ready: its secret lacks 'private_key'.", call.Error("message"));
        Assert.All(_gateway.Log.Lines, line => Assert.DoesNotContain("canary", line.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task TokenEndpoint_Away_IsTheNextTargetsAffair()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json("{}", 503));

        ClientCall call = await SendAsync();

        Assert.Equal((503, "secret_unavailable"), (call.Status, call.Error("code")));
    }

    [Fact]
    public async Task Identity_OfTheGatewayItself_NeedsNoSecret()
    {
        _gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));
        ClientCall call = _gateway.Start(GatewayEndpoints.ChatCompletions, Wires.For("own", Wires.Chat));

        (string? credential, string scope, TaskCompletionSource<ProviderToken> answer) = Assert.Single(_entra.Asked);
        answer.SetResult(new ProviderToken("eyJ.entra", DateTimeOffset.MaxValue));
        await call.Done;

        Assert.Equal((null, "models"), (credential, scope));
        Assert.Equal("Bearer eyJ.entra", _gateway.Upstream.Last.Header("authorization"));
    }

    [Fact]
    public async Task Key_ThatAClientBrings_IsShownAsItIs()
    {
        using var gateway = new TestGateway(
            "admission: { mode: bring-your-own }\nmodels: { m: [cloud/x] }",
            providers: "  cloud: {}\n\n",
            configure: services => services.AddSingleton(File));
        gateway.Upstream.Answer(ScriptedResponse.Json(Wires.ChatAnswer));

        await gateway.SendAsync(
            GatewayEndpoints.ChatCompletions,
            Wires.Chat,
            new Dictionary<string, string> { ["authorization"] = "Bearer ya29.of-the-client" });

        Assert.Equal("Bearer ya29.of-the-client", Assert.Single(gateway.Upstream.Seen).Header("authorization"));
    }

    public void Dispose() => _gateway.Dispose();

    private Task<ClientCall> SendAsync() => _gateway.SendAsync(
        GatewayEndpoints.ChatCompletions,
        Wires.Chat,
        new Dictionary<string, string> { ["x-lightport-no-retry"] = "true" });
}
