using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Lightport.Tests.Exchanges;
using Lightport.Transport;
using Lightport.Transport.Body;
using Lightport.Transport.Tokens;
using Lightport.Transport.Tokens.Google;
using Microsoft.AspNetCore.WebUtilities;

namespace Lightport.Tests.Transport.Tokens;

public sealed class GoogleTokenSourceTests
{
    private const string Scope = "https://www.googleapis.com/auth/cloud-platform";
    private const string Answer = """{"access_token":"ya29.token","expires_in":3599,"token_type":"Bearer"}""";

    private readonly ManualTime _time = new();
    private readonly ScriptedUpstream _google = new();

    /// <summary>https://developers.google.com/identity/protocols/oauth2/service-account#httprest</summary>
    [Fact]
    public async Task ServiceAccount_IsExchangedByAStatementOfItsKey()
    {
        _google.Answer(ScriptedResponse.Json(Answer));

        ProviderToken token = await GetAsync(GoogleKeys.ServiceAccount());

        Assert.Equal(("ya29.token", TimeSpan.FromSeconds(3599)), (token.Value, token.ExpiresAt - _time.GetUtcNow()));
        SeenRequest seen = _google.Last;
        Assert.Equal("https://oauth2.googleapis.com/token", seen.Address.AbsoluteUri);
        Assert.Equal("application/x-www-form-urlencoded", seen.MediaType);
        var form = QueryHelpers.ParseQuery(seen.Body);
        Assert.Equal("urn:ietf:params:oauth:grant-type:jwt-bearer", form["grant_type"]);
        string[] parts = form["assertion"].ToString().Split('.');
        Assert.Equal("""{"alg":"RS256","typ":"JWT","kid":"key-1"}""", Text(parts[0]));
        JsonNode claims = JsonNode.Parse(Text(parts[1]))!;
        Assert.Equal("gateway@contoso.iam.gserviceaccount.com", (string?)claims["iss"]);
        Assert.Equal((Scope, "https://oauth2.googleapis.com/token"), ((string?)claims["scope"], (string?)claims["aud"]));
        Assert.Equal(3600, (long)claims["exp"]! - (long)claims["iat"]!);
        Assert.True(GoogleKeys.Pair.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
            Base64Url.DecodeFromChars(parts[2]),
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1));
    }

    [Fact]
    public async Task User_IsExchangedByItsRefreshToken()
    {
        _google.Answer(ScriptedResponse.Json(Answer));

        Assert.Equal("ya29.token", (await GetAsync(GoogleKeys.User)).Value);
        Assert.Equal(
            "grant_type=refresh_token&refresh_token=canary-2&client_id=id-1&client_secret=canary-1", _google.Last.Body);
    }

    [Fact]
    public async Task Token_AsItIs_AsksNobody()
    {
        Assert.Equal("ya29.mine", (await GetAsync("ya29.mine")).Value);
        Assert.Empty(_google.Seen);
    }

    /// <summary>Whoever is asked for a token is shown the key.</summary>
    [Theory]
    [InlineData("http://oauth2.googleapis.com/token")]
    [InlineData("https://oauth2.googleapis.com.contoso.com/token")]
    [InlineData("https://evilgoogleapis.com/token")]
    [InlineData("https://oauth2.googleapis.com:8443/token")]
    [InlineData("https://a@oauth2.googleapis.com/token")]
    [InlineData("https://169.254.169.254/token")]
    [InlineData("http://127.0.0.1/token")]
    [InlineData("file:///etc/passwd")]
    [InlineData("token")]
    public async Task TokenAddress_ThatIsNotGoogles_IsRefused(string address)
    {
        var e = await Assert.ThrowsAsync<CredentialException>(
            () => GetAsync(GoogleKeys.ServiceAccount(key => key["token_uri"] = address)));

        Assert.Contains("LIGHTPORT_TOKEN_HOSTS", e.Message, StringComparison.Ordinal);
        Assert.Empty(_google.Seen);
    }

    [Fact]
    public async Task TokenAddress_ThatIsTrusted_IsAsked()
    {
        _google.Answer(ScriptedResponse.Json(Answer));

        await GetAsync(
            GoogleKeys.ServiceAccount(key => key["token_uri"] = "http://127.0.0.1:4711/token"), "127.0.0.1:4711");

        Assert.Equal("http://127.0.0.1:4711/token", _google.Last.Address.AbsoluteUri);
    }

    [Theory]
    [InlineData("{\"type\":")]
    [InlineData("{}")]
    [InlineData("{\"type\":\"external_account\"}")]
    [InlineData("{\"type\":\"service_account\",\"client_email\":\"a\"}")]
    [InlineData("{\"type\":\"service_account\",\"client_email\":\"a\",\"private_key\":\"canary\"}")]
    [InlineData("{\"type\":\"authorized_user\",\"client_id\":7}")]
    public async Task Key_ThatIsNone_IsSaidWithoutIt(string key)
    {
        var e = await Assert.ThrowsAsync<CredentialException>(() => GetAsync(key));

        Assert.DoesNotContain("canary", e.ToString(), StringComparison.Ordinal);
        Assert.Empty(_google.Seen);
    }

    [Fact]
    public async Task Refusal_OfTheKey_IsItsOwnersToMend()
    {
        _google.Answer(ScriptedResponse.Json(
            """{"error":"invalid_grant","error_description":"canary of gateway@contoso"}""", 400));

        var e = await Assert.ThrowsAsync<CredentialException>(() => GetAsync(GoogleKeys.ServiceAccount()));

        Assert.Contains("invalid_grant", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(503, "<html>")]
    [InlineData(429, "{\"error\":\"slow_down\"}")]
    [InlineData(200, "{\"expires_in\":1}")]
    [InlineData(200, "[]")]
    [InlineData(302, "")]
    public async Task Answer_WithoutAToken_IsAnOutage(int status, string body)
    {
        _google.Answer(ScriptedResponse.Json(body, status));

        await Assert.ThrowsAsync<SecretUnavailableException>(() => GetAsync(GoogleKeys.ServiceAccount()));
    }

    [Fact]
    public async Task Google_OutOfReach_IsAnOutage()
    {
        _google.Fail(UpstreamFailure.Connect);

        await Assert.ThrowsAsync<SecretUnavailableException>(() => GetAsync(GoogleKeys.ServiceAccount()));
    }

    private Task<ProviderToken> GetAsync(string credential, params string[] trusted) =>
        new GoogleTokenSource(
            _google, BodyBudget.OfMemory(), _time, new GoogleCredentialReader(trusted.ToHashSet()))
            .GetAsync(credential, Scope, default).AsTask();

    private static string Text(string part) => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part));
}
