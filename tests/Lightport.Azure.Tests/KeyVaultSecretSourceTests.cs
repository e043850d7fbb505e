using Azure.Core;
using Azure.Identity;
using Lightport.Transport;
using Microsoft.AspNetCore.Http;

namespace Lightport.Azure.Tests;

public sealed class KeyVaultSecretSourceTests : IAsyncLifetime
{
    private const string Canary = "sk-canary-7f3a9b";

    private FakeVault _vault = null!;

    public async Task InitializeAsync() => _vault = await FakeVault.StartAsync();

    public async Task DisposeAsync() => await _vault.DisposeAsync();

    [Fact]
    public async Task Get_VariableName_IsLookedUpInLowerCaseWithHyphens()
    {
        _vault.Secrets["openai-api-key"] = Canary;

        Assert.Equal(Canary, await GetAsync("OPENAI_API_KEY"));
        Assert.Equal(["openai-api-key"], _vault.Asked);
    }

    [Fact]
    public async Task Get_NoSuchSecret_IsNull()
    {
        Assert.Null(await GetAsync("OPENAI_API_KEY"));
        Assert.Single(_vault.Asked);
    }

    [Theory]
    [InlineData(403, "Forbidden", "Operation get is not allowed on a disabled secret.", 1, "Enable the secret")]
    [InlineData(403, "Forbidden", "Caller is not authorized to perform action.", 1, "Key Vault Secrets User")]
    [InlineData(400, "BadParameter", "The request URI contains an invalid name.", 1, "400")]
    [InlineData(429, "Throttled", "Too many requests were received.", 2, "throttling")]
    [InlineData(503, "ServiceUnavailable", "The service is unavailable.", 2, "503")]
    public async Task Get_VaultRefuses_SaysWhyAndWhatToDo(
        int status,
        string code,
        string message,
        int calls,
        string advice)
    {
        _vault.Secrets["openai-api-key"] = Canary;
        _vault.Fault = context => FakeVault.FailAsync(context, status, code, message);

        SecretUnavailableException e = await FailAsync("OPENAI_API_KEY");

        Assert.StartsWith(
            "The secret 'openai-api-key' could not be read from 127.0.0.1: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(advice, e.Message, StringComparison.Ordinal);
        Assert.Equal(calls, _vault.Asked.Count);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Get_VaultRefusesOnce_IsAskedAgain(int status)
    {
        _vault.Secrets["openai-api-key"] = Canary;
        _vault.Fault = context => _vault.Asked.Count == 1
            ? FakeVault.FailAsync(context, status, "Fault", "once")
            : Task.FromResult(false);

        Assert.Equal(Canary, await GetAsync("OPENAI_API_KEY"));
        Assert.Equal(2, _vault.Asked.Count);
    }

    [Fact]
    public async Task Get_VaultSilent_IsGivenUpAndSaysSo()
    {
        _vault.Fault = SilenceAsync;

        SecretUnavailableException e = await FailAsync("OPENAI_API_KEY", TimeSpan.FromMilliseconds(50));

        Assert.Contains("could not be reached", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_CallerLeaves_TheCallToTheVaultEnds()
    {
        var ended = new TaskCompletionSource();
        using var gone = new CancellationTokenSource();
        _vault.Fault = async context =>
        {
            context.RequestAborted.Register(ended.SetResult);
            await gone.CancelAsync();
            return await SilenceAsync(context);
        };
        var source = new KeyVaultSecretSource(_vault.CreateClient());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => source.GetAsync("OPENAI_API_KEY", gone.Token).AsTask());
        await ended.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("""{"value":"sk-canary-7f3a9b","attributes":""")]
    [InlineData("""{"value":"sk-canary-7f3a9b","attributes":7}""")]
    [InlineData("sk-canary-7f3a9b")]
    public async Task Get_AnswerIsBroken_FailsWithoutQuotingIt(string body)
    {
        _vault.Fault = async context =>
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(body);
            return true;
        };

        SecretUnavailableException e = await FailAsync("OPENAI_API_KEY");

        Assert.DoesNotContain("canary", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_NoIdentity_SaysHowToGetOne()
    {
        var source = new KeyVaultSecretSource(_vault.CreateClient(new NoIdentity()));

        SecretUnavailableException e = await Assert.ThrowsAsync<SecretUnavailableException>(
            () => source.GetAsync("OPENAI_API_KEY", CancellationToken.None).AsTask());

        Assert.Contains("managed identity", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cached_KeyRotatedAndOldOneRefused_TheNewOneIsPickedUp()
    {
        _vault.Secrets["openai-api-key"] = "old";
        var source = new CachedSecretSource(new KeyVaultSecretSource(_vault.CreateClient()), TimeProvider.System);
        Assert.Equal("old", await source.GetAsync("OPENAI_API_KEY", CancellationToken.None));

        _vault.Secrets["openai-api-key"] = "new";
        source.Invalidate("OPENAI_API_KEY");

        Assert.Equal("new", await source.GetAsync("OPENAI_API_KEY", CancellationToken.None));
    }

    private ValueTask<string?> GetAsync(string name) =>
        new KeyVaultSecretSource(_vault.CreateClient()).GetAsync(name, CancellationToken.None);

    private Task<SecretUnavailableException> FailAsync(string name, TimeSpan? networkTimeout = null) =>
        Assert.ThrowsAsync<SecretUnavailableException>(
            () => new KeyVaultSecretSource(_vault.CreateClient(networkTimeout: networkTimeout))
                .GetAsync(name, CancellationToken.None).AsTask());

    private static async Task<bool> SilenceAsync(HttpContext context)
    {
        var silence = new TaskCompletionSource();
        using CancellationTokenRegistration end = context.RequestAborted.Register(silence.SetResult);
        await silence.Task;
        return true;
    }

    private sealed class NoIdentity : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
            throw new CredentialUnavailableException("none");

        public override ValueTask<AccessToken> GetTokenAsync(
            TokenRequestContext requestContext,
            CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
