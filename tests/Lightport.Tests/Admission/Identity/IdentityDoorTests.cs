using Lightport.Tests.Exchanges;
using Lightport.Transport;
using Microsoft.Extensions.DependencyInjection;

namespace Lightport.Tests.Admission.Identity;

/// <summary>Tokens at the doors, beside keys.</summary>
public sealed class IdentityDoorTests : IDisposable
{
    private const string Document = $$"""
        models: { mine: echo/x, theirs: echo/y }
        keys:
          - { name: team-a, sha256: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08" }
        identity:
          issuers:
            - issuer: "{{TestIssuer.Name}}"
              audience: "{{TestIssuer.Audience}}"
              groups: { map: { staff: { models: [mine], tags: { team: sales } } } }
        """;

    private readonly TestGateway _gateway = new("", document: Document);

    public IdentityDoorTests()
    {
        var issuer = new TestIssuer();
        for (int i = 0; i < 2; i++)
        {
            _gateway.Upstream.Answer(token => issuer.AnswerAsync(_gateway.Upstream.Last.Address, token));
        }
    }

    [Theory]
    [InlineData("Authorization", "Bearer ")]
    [InlineData("x-api-key", "")]
    [InlineData("api-key", "")]
    [InlineData("x-goog-api-key", "")]
    public async Task Token_WhereverAnSdkPutsAKey_IsTaken(string header, string scheme)
    {
        ClientCall call = await ChatAsync("mine", (header, scheme + Token()));

        Assert.Equal(200, call.Status);
        Assert.Equal("jane@contoso.com", _gateway.Record.Key);
    }

    [Fact]
    public async Task Token_OfAModelThatItsGroupMayNot_Is403() =>
        Assert.Equal(403, (await ChatAsync("theirs", ("Authorization", $"Bearer {Token()}"))).Status);

    [Fact]
    public async Task Key_IsTakenAsEver() =>
        Assert.Equal(200, (await ChatAsync("theirs", ("Authorization", "Bearer test"))).Status);

    [Fact]
    public async Task TokenThatIsNotGood_IsAnsweredLikeAWrongKey_ToTheByte()
    {
        string wrong = (await ChatAsync("mine", ("Authorization", "Bearer wrong"))).Text;
        string good = Token();
        foreach (string token in (string[])
            [
                Token("""{"alg":"none"}"""),
                good[..^4] + "AAAA",
                TestIssuer.First.Sign("{}"),
                TestIssuer.First.Sign(TestIssuer.Claims(_gateway.Clock.GetUtcNow().AddHours(-2))),
                TestIssuer.First.Sign(TestIssuer.Claims(_gateway.Clock.GetUtcNow())
                    .Replace("staff", "strangers", StringComparison.Ordinal)),
                $"ey{new string('x', 20_000)}..",
            ])
        {
            ClientCall call = await ChatAsync("mine", ("Authorization", $"Bearer {token}"));
            Assert.Equal((401, wrong), (call.Status, call.Text));
        }

        Assert.DoesNotContain(
            _gateway.Log.Lines, line => line.Text.Contains(good.Split('.')[1], StringComparison.Ordinal));
        Assert.Contains(_gateway.Log.Lines, line => line.EventId == 404);
    }

    [Fact]
    public async Task Token_InAnAddress_IsNotTaken()
    {
        ClientCall call = await _gateway.SendAsync(
            GatewayEndpoints.ChatCompletions, Body("mine"), path: $"/v1/chat/completions?key={Token()}");

        Assert.Equal(401, call.Status);
        Assert.Empty(_gateway.Upstream.Seen);
    }

    [Fact]
    public async Task IssuerThatIsAway_Is503AndNotARefusal()
    {
        _gateway.Upstream.Forget();
        _gateway.Upstream.Fail(UpstreamFailure.Connect);
        ClientCall call = await ChatAsync("mine", ("Authorization", $"Bearer {Token()}"));

        Assert.Equal((503, "issuer_unavailable"), (call.Status, call.Error("code")));
        Assert.Equal(200, (await ChatAsync("mine", ("Authorization", "Bearer test"))).Status);
    }

    public void Dispose() => _gateway.Dispose();

    private string Token(string? header = null) =>
        TestIssuer.First.Sign(TestIssuer.Claims(_gateway.Clock.GetUtcNow()), header);

    private static string Body(string model) =>
        $$"""{"model":"{{model}}","messages":[{"role":"user","content":"Hello!"}]}""";

    private Task<ClientCall> ChatAsync(string model, (string Name, string Value) header) => _gateway.SendAsync(
        GatewayEndpoints.ChatCompletions,
        Body(model),
        new Dictionary<string, string> { [header.Name] = header.Value, ["Content-Type"] = "application/json" });
}
