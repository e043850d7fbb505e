using Lightport.Admission.Identity;

namespace Lightport.Tests.Admission.Identity;

/// <summary>How an issuer's keys come, go and are done without.</summary>
public sealed class IssuerKeysTests
{
    private static readonly IdentityResult Unknowable = new(null, Unknowable: true);

    private readonly TestIdentities _identities = new();

    private TestIssuer Issuer => _identities.Issuer;

    [Fact]
    public async Task Rotated_TheNewKeyIsFoundAtOnce_AndTheOldOneServesNoMore()
    {
        string old = _identities.Token();
        await _identities.CallerAsync(old);
        _identities.Clock.Advance(TimeSpan.FromSeconds(30));
        Issuer.Keys.Remove(TestIssuer.First);
        Issuer.Keys.Add(TestIssuer.Second);

        await _identities.CallerAsync(_identities.Token(key: TestIssuer.Second));
        await _identities.RefusesAsync(old, "does not list");
    }

    [Fact]
    public async Task NamesOfKeysThatAreMadeUp_MakeNoTraffic()
    {
        await _identities.CallerAsync(_identities.Token());
        for (int i = 0; i < 200; i++)
        {
            string header = $$"""{"alg":"RS256","kid":"made-up-{{i}}"}""";
            await _identities.RefusesAsync(_identities.Token(header: header), "does not list");
        }

        Assert.Equal(2, Issuer.Asked.Count);
        _identities.Clock.Advance(TimeSpan.FromSeconds(30));
        await _identities.RefusesAsync(_identities.Token(header: """{"alg":"RS256","kid":"made-up"}"""), "not list");
        Assert.Equal(4, Issuer.Asked.Count);
    }

    [Fact]
    public async Task ManyAtOnce_AskOnce()
    {
        var opening = new TaskCompletionSource();
        Issuer.Opening = opening.Task;
        Task<IdentityResult>[] all =
            [.. Enumerable.Range(0, 50).Select(i => _identities.AskAsync(_identities.Token($",\"n\":{i}")))];
        opening.SetResult();

        Assert.All(await Task.WhenAll(all), result => Assert.NotNull(result.Identity));
        Assert.Equal(2, Issuer.Asked.Count);
    }

    [Fact]
    public async Task AwayFromTheStart_NobodyKnows_AndItIsNotAskedByEveryone()
    {
        Issuer.IsAway = true;
        Assert.Equal(Unknowable, await _identities.AskAsync(_identities.Token()));
        Assert.Equal(Unknowable, await _identities.AskAsync(_identities.Token()));
        Assert.Single(Issuer.Asked);
        Assert.Contains(
            _identities.Log.Lines, line => line is { EventId: 402 } && line.Text.Contains("no such road"));

        Issuer.IsAway = false;
        _identities.Clock.Advance(TimeSpan.FromSeconds(5));
        await _identities.CallerAsync(_identities.Token());
        Assert.Contains(_identities.Log.Lines, line => line.EventId == 403);
    }

    [Fact]
    public async Task HangingFromTheStart_NobodyWaitsForEver()
    {
        Issuer.Opening = new TaskCompletionSource().Task;
        Task<IdentityResult> asked = _identities.AskAsync(_identities.Token());
        Assert.False(asked.IsCompleted);
        _identities.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(Unknowable, await asked);
    }

    [Fact]
    public async Task AwayLater_TheLastGoodKeysServe_ForADay()
    {
        await _identities.CallerAsync(_identities.Token());
        Issuer.IsAway = true;
        for (int hour = 1; hour < 25; hour++)
        {
            _identities.Clock.Advance(TimeSpan.FromHours(1));
            await _identities.CallerAsync(_identities.Token());
        }

        _identities.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(Unknowable, await _identities.AskAsync(_identities.Token()));
    }

    [Fact]
    public async Task AskedAnewAfterAnHour_BehindWhoeverComes()
    {
        string token = _identities.Token();
        await _identities.CallerAsync(token);
        _identities.Clock.Advance(TimeSpan.FromMinutes(60));
        var opening = new TaskCompletionSource();
        Issuer.Opening = opening.Task;

        Assert.True(_identities.AskAsync(token).IsCompletedSuccessfully);
        Assert.Equal(3, Issuer.Asked.Count);
        opening.SetResult();
    }

    [Theory]
    [InlineData("https://login.contoso.com/tenant-2/v2.0", "https://keys.contoso.com/tenant-1", null, "another issuer's")]
    [InlineData(TestIssuer.Name, "http://keys.contoso.com/tenant-1", null, "'jwks_uri' with https")]
    [InlineData(TestIssuer.Name, "http://localhost/tenant-1", null, "'jwks_uri' with https")]
    [InlineData(TestIssuer.Name, "file:///etc/passwd", null, "'jwks_uri' with https")]
    [InlineData(TestIssuer.Name, "https://keys.contoso.com/tenant-1", "no keys", "no JWK Set")]
    [InlineData(TestIssuer.Name, "https://keys.contoso.com/tenant-1", """{"keys":[]}""", "0 that could verify")]
    [InlineData(
        TestIssuer.Name, "https://keys.contoso.com/tenant-1", """{"keys":[{"kty":"oct","k":"AAAA"}]}""", "0 that could verify")]
    public async Task WhatSaysNothingOfItsKeys_IsNotBelieved(
        string says, string keysAt, string? answers, string reason)
    {
        (Issuer.Says, Issuer.KeysAt, Issuer.Answers) = (says, keysAt, answers);

        Assert.Equal(Unknowable, await _identities.AskAsync(_identities.Token()));
        Assert.Contains(reason, _identities.Log.Lines[^1].Text, StringComparison.Ordinal);
    }
}
