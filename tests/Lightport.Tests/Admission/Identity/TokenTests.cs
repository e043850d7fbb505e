using System.Text;
using Lightport.Admission.Identity;

namespace Lightport.Tests.Admission.Identity;

/// <summary>Which tokens are taken, and which are not.</summary>
public sealed class TokenTests
{
    private readonly TestIdentities _identities = new();

    [Theory]
    [InlineData("RS256")]
    [InlineData("PS384")]
    [InlineData("ES256")]
    [InlineData("ES512")]
    public async Task Good_IsWhoItSays(string algorithm)
    {
        SigningKey key = algorithm[0] == 'E'
            ? SigningKey.Ec("good", algorithm)
            : SigningKey.Rsa("good", algorithm);
        _identities.Issuer.Keys.Add(key);

        Assert.Equal("jane@contoso.com", (await _identities.CallerAsync(_identities.Token(key: key))).Name);
    }

    [Fact]
    public async Task Good_AgainAndAgain_AsksItsIssuerOnce()
    {
        string token = _identities.Token();
        var first = await _identities.CallerAsync(token);

        Assert.Same(first, await _identities.CallerAsync(token));
        Assert.Equal(
            ["https://login.contoso.com/tenant-1/v2.0/.well-known/openid-configuration", _identities.Issuer.KeysAt],
            _identities.Issuer.Asked);
    }

    [Fact]
    public async Task Verified_ExpiresAllTheSame()
    {
        string token = _identities.Token();
        await _identities.CallerAsync(token);
        _identities.Clock.Advance(TimeSpan.FromSeconds(3600 + 59));
        await _identities.CallerAsync(token);
        _identities.Clock.Advance(TimeSpan.FromSeconds(1));

        await _identities.RefusesAsync(token, "it has expired");
    }

    [Fact]
    public async Task Verified_UnderAnotherConfiguration_IsMappedAnew()
    {
        string token = _identities.Token();
        await _identities.CallerAsync(token);
        _identities.Settings = TestIdentities.Configured("default: { models: [slow] }");

        Assert.Equal(["slow"], (await _identities.CallerAsync(token)).Models.Globs);
    }

    /// <summary>The header and the claims of each are signed as well as can be.</summary>
    public static TheoryData<string, string, string> Bad { get; } = new()
    {
        { """{"alg":"none","kid":"key-1"}""", "", "its algorithm" },
        { """{"alg":"None","kid":"key-1"}""", "", "its algorithm" },
        { """{"alg":"HS256","kid":"key-1"}""", "", "its algorithm" },
        { """{"kid":"key-1"}""", "", "its algorithm" },
        { """{"alg":"ES256","kid":"key-1"}""", "", "does not list" },
        { """{"alg":"PS256","kid":"key-1"}""", "", "its signature" },
        { """{"alg":"RS256","kid":"no-such-key"}""", "", "does not list" },
        { """{"alg":"RS256","kid":"key-1","crit":["exp"],"exp":0}""", "", "('crit')" },
        { """{"alg":"RS256","kid":"key-1","typ":"logout+jwt"}""", "", "'typ'" },
        { """{"alg":"RS256","alg":"none","kid":"key-1"}""", "", "says each thing once" },
        { """["RS256"]""", "", "says each thing once" },
        { "", ",\"sub\":\"s-2\"", "says each thing once" },
        { "", ",\"x\":{\"y\":1,\"y\":2}", "says each thing once" },
        { "", ",\"x.y\":1,\"x\":{\"y\":2}", "says each thing once" },
        { "", ",\"x\":\"\\ud800\"", "says each thing once" },
        { "", ",\"x\":[[[[[[[[[[1]]]]]]]]]]", "says each thing once" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public Task Bad_IsRefused(string header, string claims, string reason) =>
        _identities.RefusesAsync(_identities.Token(claims, header: header.Length > 0 ? header : null), reason);

    [Theory]
    [InlineData("""{"iss":"https://login.contoso.com/tenant-1/v2.0/","aud":"api://lightport","sub":"s","exp":9}""", "its issuer")]
    [InlineData("""{"iss":"https://evil.example","aud":"api://lightport","sub":"s","exp":9}""", "its issuer")]
    [InlineData("""{"aud":"api://lightport","sub":"s","exp":9}""", "its issuer")]
    [InlineData("""{"iss":"@","aud":"api://another","sub":"s","exp":9}""", "another audience")]
    [InlineData("""{"iss":"@","aud":["a","b"],"sub":"s","exp":9}""", "another audience")]
    [InlineData("""{"iss":"@","sub":"s","exp":9}""", "another audience")]
    [InlineData("""{"iss":"@","aud":"api://lightport","sub":"s"}""", "it has no end")]
    [InlineData("""{"iss":"@","aud":"api://lightport","sub":"s","exp":"never"}""", "it has no end")]
    [InlineData("""{"iss":"@","aud":"api://lightport","sub":"s","exp":"9999999999"}""", "it has no end")]
    [InlineData("""{"iss":"@","aud":"api://lightport","sub":"s","exp":[9999999999]}""", "it has no end")]
    [InlineData("""{"iss":"@","aud":"api://lightport","sub":"s","exp":9999999999,"nbf":"0"}""", "not valid yet")]
    [InlineData("""{"iss":"@","aud":"api://lightport","sub":"s","exp":1e300}""", "it has no end")]
    [InlineData("""{"iss":"@","aud":"api://lightport","sub":"s","exp":-1}""", "it has no end")]
    [InlineData("""{"iss":"@","aud":"api://lightport","sub":"s","exp":9,"nbf":61}""", "not valid yet")]
    [InlineData("""{"iss":"@","aud":"api://lightport","sub":"s","exp":9,"nbf":"x"}""", "not valid yet")]
    [InlineData("""{"iss":"@","aud":"api://lightport","exp":9}""", "no 'sub'")]
    [InlineData("""{"iss":"@","aud":"api://lightport","sub":["a","b"],"exp":9}""", "is refused")]
    public Task ForSomebodyElse_IsRefused(string claims, string reason) => _identities.RefusesAsync(
        TestIssuer.First.Sign(claims.Replace("\"@\"", $"\"{TestIssuer.Name}\"", StringComparison.Ordinal)), reason);

    /// <summary>Whoever takes an algorithm's word for it verifies with the public key as if it were a secret.</summary>
    [Fact]
    public async Task SignedWithThePublicKeyAsASecret_IsRefused()
    {
        SigningKey forged = SigningKey.Shared("key-1", Encoding.UTF8.GetBytes(TestIssuer.First.Jwk));

        await _identities.RefusesAsync(_identities.Token(key: forged), "its algorithm");
        await _identities.RefusesAsync(
            _identities.Token(key: forged, header: """{"alg":"RS256","kid":"key-1"}"""), "its signature");
    }

    [Theory]
    [InlineData("jku", "\"https://evil.example/keys\"")]
    [InlineData("x5u", "\"https://evil.example/certificate\"")]
    [InlineData("jwk", "@")]
    public async Task HeaderThatPointsToAKeyOfItsOwn_IsNotFollowed(string name, string value)
    {
        var own = SigningKey.Rsa("key-1");
        string header =
            $$"""{"alg":"RS256","kid":"key-1","{{name}}":{{value.Replace("@", own.Jwk, StringComparison.Ordinal)}}}""";

        await _identities.RefusesAsync(_identities.Token(key: own, header: header), "its signature");
        Assert.DoesNotContain(
            _identities.Issuer.Asked, address => address.Contains("evil", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ChangedAfterItWasSigned_IsRefused()
    {
        string[] parts = _identities.Token().Split('.');
        string claims = TestIssuer.Claims(_identities.Clock.GetUtcNow(), ",\"x\":1");

        await _identities.RefusesAsync($"{parts[0]}.{SigningKey.Text(claims)}.{parts[2]}", "its signature");
        await _identities.RefusesAsync($"{parts[0]}.{parts[1]}.", "its signature");
        await _identities.RefusesAsync($"{parts[0]}.{parts[1]}.AAAA", "its signature");
        await _identities.RefusesAsync($"{parts[0]}.{parts[1]}.!{parts[2]}", "its signature");
    }

    /// <summary>The signature's last character has bits that say nothing, and is left as it is.</summary>
    [Fact]
    public async Task ChangedAnywhere_IsNeverTaken()
    {
        var random = new Random(42);
        string good = _identities.Token();
        for (int i = 0; i < 500; i++)
        {
            char[] changed = good.ToCharArray();
            int at = random.Next(changed.Length - 1);
            changed[at] = (char)random.Next('!', '~' + 1);
            string token = new(changed);
            Assert.True(token == good || await _identities.AskAsync(token) == default, token);
        }
    }

    [Fact]
    public async Task Huge_IsRefusedBeforeItIsRead()
    {
        string token = _identities.Token($",\"x\":\"{new string('x', TokenParts.Longest)}\"");

        await _identities.RefusesAsync(token, "16 KiB");
        Assert.Empty(_identities.Issuer.Asked);
    }

    [Theory]
    [InlineData("ey..")]
    [InlineData("eyJ.eyJ.x")]
    [InlineData("ey!.ey!.ey!")]
    [InlineData("eyJhbGciOiJSUzI1NiJ9.4pyT.x")]
    [InlineData("eyJhbGciOiJSUzI1NiJ9.eyJhIjoi_yJ9.x")]
    public Task NoToken_IsRefused(string text) => _identities.RefusesAsync(text, "no signed token");

    [Theory]
    [InlineData("eyJ.eyJ.x", true)]
    [InlineData("sk-lightport-0123456789abcdef", false)]
    [InlineData("eyJ.eyJ.x.y.z", false)]
    [InlineData("a.b.c", false)]
    [InlineData("", false)]
    public void Shape_TellsTokensFromKeys(string text, bool isToken) =>
        Assert.Equal(isToken, TokenParts.IsShapedAsOne(text));

    [Fact]
    public async Task WithoutTheNameOfItsKey_TheOnlyKeyOfItsAlgorithmIsMeant()
    {
        const string Header = """{"alg":"RS256"}""";
        await _identities.CallerAsync(_identities.Token(header: Header));
        _identities.Issuer.Keys.Add(TestIssuer.Second);
        _identities.Clock.Advance(TimeSpan.FromHours(1));
        await _identities.CallerAsync(_identities.Token());

        await _identities.RefusesAsync(_identities.Token(header: Header), "does not list");
    }

    [Fact]
    public async Task KeyThatIsTooShort_VerifiesNothing()
    {
        var weak = SigningKey.Rsa("weak", bits: 1024);
        _identities.Issuer.Keys.Add(weak);

        await _identities.RefusesAsync(_identities.Token(key: weak), "does not list");
    }
}
