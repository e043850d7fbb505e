namespace Lightport.Tests.Exchanges;

/// <summary>What the script of a web page on another origin can read.</summary>
public sealed class CrossOriginTests
{
    private const string Page = "https://app.contoso.com";
    private const string Key = "lp-canary-key";
    private const string Models = "models: { fast: openai/x }\n";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Answer_OfAListedOrigin_IsReadable(bool stream)
    {
        using TestGateway gateway = Create($"cors: {{ origins: [\"{Page}\"] }}");
        gateway.Upstream.Answer(stream ? ScriptedResponse.Events(Wires.ChatEvents) : ScriptedResponse.Json(Wires.ChatAnswer));

        ClientCall call = await gateway.SendAsync(
            GatewayEndpoints.ChatCompletions, Wires.For("fast", stream ? Wires.ChatStream : Wires.Chat), From(Page, Key));

        Assert.Equal(200, call.Status);
        Assert.Equal((Page, "*", "Origin"), Leave(call));
    }

    [Fact]
    public async Task Error_OfAListedOrigin_IsReadable()
    {
        using TestGateway gateway = Create($"cors: {{ origins: [\"{Page}\"] }}");

        ClientCall wrongKey = await gateway.SendAsync(GatewayEndpoints.ChatCompletions, Wires.Chat, From(Page, "wrong"));
        ClientCall wrongPath = await gateway.SendAsync(GatewayEndpoints.Unknown, path: "/v1/x", headers: From(Page, Key));

        Assert.Equal((401, 404), (wrongKey.Status, wrongPath.Status));
        Assert.Equal((Page, "*", "Origin"), Leave(wrongKey));
        Assert.Equal((Page, "*", "Origin"), Leave(wrongPath));
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("http://app.contoso.com")]
    [InlineData("null")]
    public async Task Answer_OfAnotherOrigin_IsNot(string origin)
    {
        using TestGateway gateway = Create($"cors: {{ origins: [\"{Page}\"] }}");

        ClientCall call = await gateway.SendAsync(GatewayEndpoints.Models, headers: From(origin, Key));

        // A cache must not hand what one page may read to another.
        Assert.Equal((null, null, "Origin"), Leave(call));
    }

    [Fact]
    public async Task Answer_WhereEveryOriginMay_NamesNone()
    {
        using TestGateway gateway = Create("cors: { origins: [\"*\"] }");

        ClientCall call = await gateway.SendAsync(GatewayEndpoints.Models, headers: From(Page, Key));

        Assert.Equal(("*", "*", null), Leave(call));
    }

    [Fact]
    public async Task WithoutTheSetting_NothingIsSaidAndPreflightsAreRefused()
    {
        using TestGateway gateway = Create("");

        ClientCall call = await gateway.SendAsync(GatewayEndpoints.Models, headers: From(Page, Key));
        ClientCall preflight = await PreflightAsync(gateway, Page);

        Assert.Equal((null, null, null), Leave(call));
        Assert.Equal((405, (null, null, null)), (preflight.Status, Leave(preflight)));
    }

    [Theory]
    [InlineData(Page, 204)]
    [InlineData("https://evil.example", 405)]
    public async Task Preflight_IsGrantedToListedOrigins(string origin, int status)
    {
        using TestGateway gateway = Create($"cors: {{ origins: [\"{Page}\"] }}");

        ClientCall call = await PreflightAsync(gateway, origin);

        Assert.Equal(status, call.Status);
        if (status == 204)
        {
            Assert.Equal("", call.Text);
            Assert.Equal("*, Authorization", call.Header("Access-Control-Allow-Headers"));
            Assert.Equal("GET, POST", call.Header("Access-Control-Allow-Methods"));
            Assert.Equal("7200", call.Header("Access-Control-Max-Age"));
        }
    }

    [Fact]
    public async Task Options_ThatIsNoPreflight_IsAWrongMethod()
    {
        using TestGateway gateway = Create($"cors: {{ origins: [\"{Page}\"] }}");

        ClientCall call = await gateway.SendAsync(
            GatewayEndpoints.Unknown, path: "/v1/models", method: "OPTIONS", headers: From(Page, Key));

        Assert.Equal(405, call.Status);
    }

    private static TestGateway Create(string cors) => new(Models + cors, Key);

    private static Dictionary<string, string> From(string origin, string key) =>
        new() { ["Origin"] = origin, ["Authorization"] = $"Bearer {key}" };

    private static Task<ClientCall> PreflightAsync(TestGateway gateway, string origin) => gateway.SendAsync(
        GatewayEndpoints.Unknown,
        path: "/v1/chat/completions",
        method: "OPTIONS",
        headers: new Dictionary<string, string>
        {
            ["Origin"] = origin,
            ["Access-Control-Request-Method"] = "POST",
            ["Access-Control-Request-Headers"] = "authorization,content-type",
        });

    private static (string? Origin, string? Exposed, string? Vary) Leave(ClientCall call) => (
        call.Header("Access-Control-Allow-Origin"),
        call.Header("Access-Control-Expose-Headers"),
        call.Header("Vary"));
}
