using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using Lightport.Mcp;
using Lightport.Mcp.Identity;

namespace Lightport.Tests.Mcp;

/// <summary>Where tokens are given, found by what servers say of themselves: and what none of them can lead to.</summary>
public sealed class TokenDiscoveryTests : IAsyncLifetime
{
    private const string OAuth = "/.well-known/oauth-authorization-server";
    private const string OpenId = "/.well-known/openid-configuration";
    private const string Resource = "/.well-known/oauth-protected-resource";

    private readonly McpWorld _world = new();
    private readonly Dictionary<string, string> _ofIssuer = [];
    private readonly Dictionary<string, string> _ofServer = [];
    private readonly RawServer _issuer;
    private readonly RawServer _server;

    public TokenDiscoveryTests()
    {
        _issuer = new RawServer(call => AnswerAsync(call, _ofIssuer));
        _server = new RawServer(call => call.HttpMethod == "GET"
            ? AnswerAsync(call, _ofServer)
            : call.Rpc == "tools/call"
                ? McpWorld.SayAsync(call, "hi")
                : call.ResultAsync("""{"supportedVersions":["2026-07-28"],"capabilities":{}}"""));
        _ofIssuer["/token"] = """{"access_token":"t1","expires_in":3600}""";
        _ofIssuer[OAuth] = Metadata();
        _ofServer[$"{Resource}/mcp"] = Names(_server.Address.AbsoluteUri, Issuer);
    }

    private string Issuer => _issuer.Address.GetLeftPart(UriPartial.Authority);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _world.DisposeAsync();
        await _issuer.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Call_WithAnIssuer_AsksForATokenWhereItIsGivenAndForTheServer()
    {
        McpOutcome outcome = await CallAsync(Credentials);

        Assert.Equal("hi", McpWorld.Text(outcome));
        Assert.Equal([OAuth, "/token"], _issuer.Calls.Select(call => call.Path));
        RawCall asked = _issuer.Calls.Last();
        Assert.Equal(
            $"grant_type=client_credentials&resource={Uri.EscapeDataString(_server.Address.AbsoluteUri)}", asked.Body);
        Assert.StartsWith("Basic ", asked.Header("Authorization"), StringComparison.Ordinal);
        Assert.All(
            _server.Calls.Where(call => call.HttpMethod == "POST"),
            call => Assert.Equal("Bearer t1", call.Header("Authorization")));
        Assert.All(
            _server.Calls.Where(call => call.HttpMethod == "GET"), call => Assert.Equal("", call.Header("Authorization")));
    }

    [Fact]
    public async Task Call_OfAServerThatSaysNothingOfItself_AsksTheIssuerAlone()
    {
        _ofServer.Clear();
        _ofIssuer.Remove(OAuth);
        _ofIssuer[OpenId] = Metadata("\"client_secret_post\"");

        Assert.Equal("hi", McpWorld.Text(await CallAsync(Credentials)));
        Assert.Equal([$"{Resource}/mcp", Resource], _server.Calls.Take(2).Select(call => call.Path));
        Assert.Equal(
            "grant_type=client_credentials&client_id=me&client_secret=value-of-CRM", _issuer.Calls.Last().Body);
        Assert.Equal("", _issuer.Calls.Last().Header("Authorization"));
    }

    /// <summary>The secret belongs to the issuer that is written, and no answer of anybody's gets it elsewhere.</summary>
    [Theory]
    [InlineData("resource: https://evil.example/mcp", "another resource")]
    [InlineData("resource: ISSUER/mcp", "another resource")]
    [InlineData("servers: https://evil.example", "other authorization servers")]
    [InlineData("issuer: https://evil.example", "another issuer")]
    [InlineData("token: ftp://evil.example/token", "no address with https")]
    [InlineData("token: https://me:pw@evil.example/token", "no address with https")]
    [InlineData("token: https://evil.example/token", "led away from its issuer")]
    [InlineData("token: http://127.0.0.1:1/token", "led away from its issuer")]
    [InlineData("doubled: https://evil.example/token", "does not answer")]
    [InlineData("methods: tls_client_auth", "tls_client_auth")]
    public async Task Call_WhereSomebodySaysOtherwise_ShowsNobodyTheSecret(string lie, string told)
    {
        string what = lie.Split(": ")[0];
        string said = lie.Split(": ")[1].Replace("ISSUER", Issuer, StringComparison.Ordinal);
        _ofServer[$"{Resource}/mcp"] = what switch
        {
            "resource" => Names(said, Issuer),
            "servers" => Names(_server.Address.AbsoluteUri, said),
            var _ => _ofServer[$"{Resource}/mcp"],
        };
        _ofIssuer[OAuth] = what switch
        {
            "issuer" => Metadata().Replace($"\"issuer\":\"{Issuer}\"", $"\"issuer\":\"{said}\"", StringComparison.Ordinal),
            "token" => Metadata().Replace($"{Issuer}/token", said, StringComparison.Ordinal),
            "doubled" => Metadata().Replace("{", $"{{\"token_endpoint\":\"{said}\",", StringComparison.Ordinal),
            "methods" => Metadata($"\"{said}\""),
            var _ => _ofIssuer[OAuth],
        };

        McpOutcome outcome = await CallAsync(Credentials);

        Assert.True(outcome.IsError);
        Assert.Contains(told, McpWorld.Text(outcome), StringComparison.Ordinal);
        Assert.All(_issuer.Calls.Concat(_server.Calls), call => Assert.Equal("", call.Header("Authorization")));
        Assert.DoesNotContain(_issuer.Calls, call => call.HttpMethod == "POST");
    }

    [Fact]
    public async Task Call_WhereADocumentIsElsewhere_FollowsNothing()
    {
        await using var issuer = new RawServer(call => call.JsonAsync(
            "", 307, "Location: http://169.254.169.254/latest/meta-data\r\n"));

        McpOutcome outcome = await CallAsync(
            Credentials with { Issuer = issuer.Address.GetLeftPart(UriPartial.Authority) });

        Assert.True(outcome.IsError);
        Assert.DoesNotContain("169.254", McpWorld.Text(outcome), StringComparison.Ordinal);
    }

    /// <summary>A line's end in it would be a header of its own to the server.</summary>
    [Theory]
    [InlineData("""{"access_token":"t1\r\nX-Evil: 1"}""")]
    [InlineData("""{"access_token":"t 1"}""")]
    [InlineData("""{"access_token":"t1\u00e9"}""")]
    [InlineData("""{"access_token":"t0","access_token":"t1"}""")]
    public async Task Token_ThatIsNone_IsShownToNobody(string answer)
    {
        _ofIssuer["/token"] = answer;

        McpOutcome outcome = await CallAsync(Credentials);

        Assert.True(outcome.IsError);
        Assert.DoesNotContain(_server.Calls, call => call.HttpMethod == "POST");
    }

    [Fact]
    public async Task Call_WithAnEllipticCurveKey_SignsWhoItIs()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        _world.Secrets.Values["CRM"] = key.ExportPkcs8PrivateKeyPem();

        (string said, byte[] signature) = await SignedAsync("ES256");

        Assert.True(key.VerifyData(Encoding.ASCII.GetBytes(said), signature, HashAlgorithmName.SHA256));
    }

    [Fact]
    public async Task Call_WithAnRsaKey_SignsWhoItIs()
    {
        using var key = RSA.Create(2048);
        _world.Secrets.Values["CRM"] = key.ExportRSAPrivateKeyPem();

        (string said, byte[] signature) = await SignedAsync("RS256");

        Assert.True(key.VerifyData(
            Encoding.ASCII.GetBytes(said), signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    [Fact]
    public async Task Call_WithAKeyThatIsNone_SaysSoAndNotTheKey()
    {
        _world.Secrets.Values["CRM"] = "canary, no key";
        _ofIssuer[OAuth] = Metadata("\"private_key_jwt\"");

        string text = McpWorld.Text(await CallAsync(Credentials with { Signs = true }));

        Assert.Contains("private key that is none of EC or RSA", text, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", text, StringComparison.Ordinal);
    }

    private ClientCredentials Credentials => new(null, "me", "CRM") { Issuer = Issuer, AllowsPrivate = true };

    private async Task<(string Said, byte[] Signature)> SignedAsync(string algorithm)
    {
        _ofIssuer[OAuth] = Metadata("\"private_key_jwt\"");
        Assert.Equal("hi", McpWorld.Text(await CallAsync(Credentials with { Signs = true })));
        RawCall asked = _issuer.Calls.Last();
        Assert.Equal("", asked.Header("Authorization"));
        Assert.DoesNotContain("PRIVATE", Uri.UnescapeDataString(asked.Body), StringComparison.Ordinal);
        string[] parts = HttpUtility.ParseQueryString(asked.Body)["client_assertion"]!.Split('.');
        var header = JsonElement.Parse(Base64Url.DecodeFromChars(parts[0]));
        var claims = JsonElement.Parse(Base64Url.DecodeFromChars(parts[1]));
        Assert.Equal(algorithm, header.GetProperty("alg").GetString());
        Assert.Equal(("me", "me", Issuer), (
            claims.GetProperty("iss").GetString(),
            claims.GetProperty("sub").GetString(),
            claims.GetProperty("aud").GetString()));
        return ($"{parts[0]}.{parts[1]}", Base64Url.DecodeFromChars(parts[2]));
    }

    private Task<McpOutcome> CallAsync(ClientCredentials credentials) => _world.Servers.CallAsync(
        McpWorld.At(_server) with { Identity = credentials },
        new McpTool("echo", JsonElement.Parse("{}")),
        JsonElement.Parse("{}"),
        McpWorld.Anna,
        null,
        CancellationToken.None).AsTask();

    private string Metadata(string methods = "\"client_secret_basic\"") => $$"""
        {"issuer":"{{Issuer}}","token_endpoint":"{{Issuer}}/token","token_endpoint_auth_methods_supported":[{{methods}}]}
        """;

    private static string Names(string resource, string issuer) =>
        $$"""{"resource":"{{resource}}","authorization_servers":["{{issuer}}"]}""";

    private static Task AnswerAsync(RawCall call, Dictionary<string, string> documents) =>
        documents.TryGetValue(call.Path, out string? document) ? call.JsonAsync(document) : call.JsonAsync("", 404);
}
