using Lightport.Transport;
using Lightport.Transport.Tokens;

namespace Lightport.Tests.Transport.Tokens;

public sealed class TokenCacheTests
{
    private readonly ManualTime _time = new();
    private readonly ScriptedTokenSource _source = new();
    private readonly TokenCache _cache;
    private readonly TokenScheme _scheme;

    public TokenCacheTests() =>
        (_cache, _scheme) = (new TokenCache(_time), new TokenScheme("entra", _source, "models"));

    [Fact]
    public async Task Get_WhileATokenLasts_ExchangesOnce()
    {
        await KnowAsync("a", "token-1");
        _time.Advance(TimeSpan.FromMinutes(53));

        Task<string> again = Get("a");

        Assert.True(again.IsCompletedSuccessfully);
        Assert.Equal("token-1", await again);
        Assert.Single(_source.Asked);
    }

    [Fact(Timeout = 60_000)]
    public async Task Get_ShortlyBeforeItsEnd_ServesItAndRenewsBehind()
    {
        await KnowAsync("a", "token-1");
        _time.Advance(TimeSpan.FromMinutes(55));

        Assert.Equal("token-1", await Get("a"));
        Assert.Equal("token-1", await Get("a"));
        Assert.Equal(2, _source.Asked.Count);

        _source.Asked[1].Answer.SetResult(Token("token-2"));
        while (await Get("a") != "token-2")
        {
            await Task.Yield();
        }
    }

    /// <summary>A token goes to nobody but the holder of the whole credential, for the very scope.</summary>
    [Fact]
    public async Task Get_OfAnotherCredentialScopeOrSource_IsAnotherToken()
    {
        await KnowAsync("tenant-a", "token-a");
        Task<string>[] others =
        [
            Get("tenant-b"), Get(null),
            _cache.GetAsync(_scheme with { Scope = "vault" }, "tenant-a", default).AsTask(),
            _cache.GetAsync(_scheme with { Name = "google" }, "tenant-a", default).AsTask(),
        ];

        Assert.All(others, other => Assert.False(other.IsCompleted));
        Assert.Equal(["tenant-a", "tenant-b", null, "tenant-a", "tenant-a"], _source.Asked.Select(asked => asked.Credential));
    }

    [Fact]
    public async Task Get_ByManyAtOnce_IsOneExchange()
    {
        Task<string>[] waiting = [.. Enumerable.Range(0, 50).Select(_ => Get("a"))];
        Assert.Single(_source.Asked).Answer.SetResult(Token("token-1"));

        Assert.All(await Task.WhenAll(waiting), token => Assert.Equal("token-1", token));
    }

    [Fact]
    public async Task Forget_ARefusedToken_AsksForAnother()
    {
        await KnowAsync("a", "token-1");
        await KnowAsync("b", "token-2");

        _cache.Forget("token-1");

        Assert.False(Get("a").IsCompleted);
        Assert.Equal("token-2", await Get("b"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Renewal_ThatFails_LeavesTheTokenUntilItsEndAndNotBeyond()
    {
        await KnowAsync("a", "token-1");
        _time.Advance(TimeSpan.FromMinutes(55));
        await Get("a");
        _source.Asked[1].Answer.SetException(new SecretUnavailableException("away"));
        Assert.Equal("token-1", await Get("a"));

        _time.Advance(TimeSpan.FromMinutes(4));
        Task<string> late = Get("a");
        _source.Asked[^1].Answer.TrySetException(new SecretUnavailableException("away"));

        await Assert.ThrowsAsync<SecretUnavailableException>(async () => await late);
    }

    [Fact]
    public async Task Credential_ThatIsRefused_SaysSo()
    {
        Task<string> token = Get("a");
        _source.Asked[0].Answer.SetException(new CredentialException("was refused"));

        await Assert.ThrowsAsync<CredentialException>(async () => await token);
    }

    [Fact]
    public async Task Cache_OfManyCredentials_IsBounded()
    {
        for (int i = 0; i < 300; i++)
        {
            await KnowAsync($"credential-{i}", $"token-{i}");
        }

        // The first ones were let go, and are asked for anew.
        Assert.False(Get("credential-0").IsCompleted);
        Assert.Equal("token-299", await Get("credential-299"));
    }

    [Fact]
    public void Token_Printed_TellsNothing() =>
        Assert.DoesNotContain("secret", Token("secret").ToString(), StringComparison.Ordinal);

    private Task<string> Get(string? credential) => _cache.GetAsync(_scheme, credential, default).AsTask();

    private ProviderToken Token(string value) => new(value, _time.GetUtcNow() + TimeSpan.FromHours(1));

    private async Task KnowAsync(string credential, string token)
    {
        Task<string> first = Get(credential);
        _source.Asked[^1].Answer.SetResult(Token(token));
        Assert.Equal(token, await first);
    }
}
