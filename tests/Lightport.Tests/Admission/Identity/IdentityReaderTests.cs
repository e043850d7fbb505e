using Lightport.Admission;
using Lightport.Admission.Identity;
using Lightport.Configuration;
using Lightport.Tests.Configuration;

namespace Lightport.Tests.Admission.Identity;

/// <summary>How <c>identity</c> and <c>management</c> are read.</summary>
public sealed class IdentityReaderTests
{
    private const string Issuer = "issuer: \"https://login.contoso.com\", audience: a, default: {}";
    private const string Tenant = "11111111-2222-3333-4444-555555555555";

    [Fact]
    public void Identity_NotWritten_IsNone()
    {
        AdmissionSettings admission = TestConfiguration.LoadValid("models: { a: openai/x }").Admission;

        Assert.Null(admission.Identity);
        Assert.True(admission.TakesAdminKey);
    }

    [Fact]
    public void Identity_AsksForKeysWithoutAWordOfIt() => Assert.Equal(
        AdmissionMode.Keys,
        TestConfiguration.LoadValid($"identity: {{ issuers: [{{ {Issuer} }}] }}").Admission.Mode);

    [Fact]
    public void Tenants_AreAnIssuerEach()
    {
        IdentitySettings identity = TestConfiguration.LoadValid($$"""
            identity:
              issuers:
                - issuer: "https://login.microsoftonline.com/{tenantid}/v2.0"
                  tenants: ["{{Tenant}}", "{{Tenant.Replace('1', '9')}}"]
                  audience: [a, b]
                  clock-skew: 5s
                  types: at+jwt
                  algorithms: [RS256]
                  default: {}
            """).Admission.Identity!;

        TrustedIssuer first = identity.Find($"https://login.microsoftonline.com/{Tenant}/v2.0")!;
        Assert.Equal(2, identity.Issuers.Count);
        Assert.Equal(
            $"https://login.microsoftonline.com/{Tenant}/v2.0/.well-known/openid-configuration",
            first.Metadata.AbsoluteUri);
        Assert.Equal(["a", "b"], first.Audiences);
        Assert.Equal(["at+jwt"], first.Types);
        Assert.Equal(["RS256"], first.Algorithms);
        Assert.Equal(TimeSpan.FromSeconds(5), first.ClockSkew);
    }

    [Fact]
    public void Metadata_MayBeElsewhere() => Assert.Equal(
        "https://login.microsoftonline.com/t/.well-known/openid-configuration",
        TestConfiguration.LoadValid("""
            identity:
              issuers:
                - issuer: "https://sts.windows.net/t/"
                  metadata: "https://login.microsoftonline.com/t/.well-known/openid-configuration"
                  audience: a
                  default: {}
            """).Admission.Identity!.Issuers[0].Metadata.AbsoluteUri);

    [Theory]
    [InlineData("audience: a", "needs 'issuer'")]
    [InlineData("issuer: 'https://x'", "needs 'audience'")]
    [InlineData("issuer: 'https://x', audience: []", "needs 'audience'")]
    [InlineData("issuer: 'http://login.contoso.com', audience: a", "address with https")]
    [InlineData("issuer: contoso, audience: a", "address with https")]
    [InlineData("issuer: 'https://login.microsoftonline.com/common/v2.0', audience: a", "write {tenantid} there")]
    [InlineData("issuer: 'https://x/{tenantid}', audience: a", "'tenants' must list")]
    [InlineData("issuer: 'https://x', tenants: [a], audience: a", "'tenants' is for an issuer with")]
    [InlineData("issuer: 'https://x/{tenantid}', tenants: [contoso.com], audience: a", "no tenant's id")]
    [InlineData("issuer: 'https://x', audience: a, algorithms: [HS256]", "not safe here")]
    [InlineData("issuer: 'https://x', audience: a, algorithms: [none]", "not safe here")]
    [InlineData("issuer: 'https://x', audience: a, algorithms: []", "not safe here")]
    [InlineData("issuer: 'https://x', audience: a, clock-skew: 1h", "from 0s to 5m")]
    [InlineData("issuer: 'https://x', audience: a, admins: { g: [root] }", "the roles are read, keys, configuration")]
    [InlineData("issuer: 'https://x', audience: a, groups: { map: { g: { modles: [a] } } }", "did you mean 'models'?")]
    [InlineData("issuer: 'https://login.contoso.com', audience: b", "is here twice")]
    public void Mistake_IsToldWithWhatWouldBeRight(string issuer, string reason)
    {
        ConfigurationResult result =
            TestConfiguration.Load($"identity: {{ issuers: [{{ {Issuer} }}, {{ {issuer}, default: {{}} }}] }}");

        Assert.Contains(result.Errors, error => error.Message.Contains(reason, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("open")]
    [InlineData("bring-your-own")]
    public void AdmissionThatAsksForNoKey_IsAContradiction(string mode) => Assert.Contains(
        TestConfiguration.Load($"admission: {{ mode: {mode} }}\nidentity: {{ issuers: [{{ {Issuer} }}] }}").Errors,
        error => error.Message.Contains("asks for neither", StringComparison.Ordinal));

    [Fact]
    public void IssuerThatLetsNobodyIn_IsDoubtful() => Assert.Contains(
        TestConfiguration.LoadValid("identity: { issuers: [{ issuer: 'https://x', audience: a }] }").Warnings,
        warning => warning.Contains("nobody comes in", StringComparison.Ordinal));

    [Theory]
    [InlineData("management: { admin-key: off }")]
    [InlineData("management: { admin-key: off }\nidentity: { issuers: [{ issuer: 'https://x', audience: a, admins: { g: [keys] } }] }")]
    public void AdminKeyOff_WhereNobodyCouldTurnItOnAgain_IsRefused(string text) => Assert.Contains(
        TestConfiguration.Load(text).Errors,
        error => error.Message.Contains("the role 'configuration'", StringComparison.Ordinal));

    [Fact]
    public void AdminKeyOff_WithAnAdmin_IsOff() => Assert.False(TestConfiguration.LoadValid(
        "management: { admin-key: off }\n"
        + "identity: { issuers: [{ issuer: 'https://x', audience: a, admins: { g: [configuration] } }] }")
        .Admission.TakesAdminKey);
}
