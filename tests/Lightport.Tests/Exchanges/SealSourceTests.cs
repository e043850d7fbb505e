using Lightport.Conversation;
using Lightport.Exchanges;
using Lightport.Storage;

namespace Lightport.Tests.Exchanges;

/// <summary>Where the key comes from that ids are sealed with.</summary>
public sealed class SealSourceTests
{
    private readonly TestSecrets _secrets = new();
    private readonly CapturedLog _log = new();

    [Fact]
    public async Task Secret_OfAllInstances_OpensWhatAnyOfThemSealed() =>
        Assert.Equal((await SealAsync(Source())).Tag("k", "a"), (await SealAsync(Source())).Tag("k", "a"));

    [Fact]
    public async Task Secret_ThatIsChanged_SealsFromThenOn()
    {
        SealSource source = Source();
        string before = (await SealAsync(source)).Tag("k", "a");
        _secrets.Values[SealSource.SecretName] = "another secret of the vault's";

        Assert.NotEqual(before, (await SealAsync(source)).Tag("k", "a"));
    }

    [Fact]
    public async Task NoSecret_IsSealedByTheProcessAndToldOnce()
    {
        _secrets.Missing.Add(SealSource.SecretName);
        SealSource source = Source();

        Assert.Same(await SealAsync(source), await SealAsync(source));
        Assert.NotEqual((await SealAsync(source)).Tag("k", "a"), (await SealAsync(Source())).Tag("k", "a"));
        Assert.Equal([17, 17], _log.Lines.Select(line => line.EventId));
    }

    [Fact]
    public async Task NoSecret_AndAPlaceToKeepOne_OpensWhatTheLastProcessSealed()
    {
        _secrets.Missing.Add(SealSource.SecretName);
        var kept = new KeptKey(() => "kept");

        Assert.Equal((await SealAsync(Source(kept))).Tag("k", "a"), (await SealAsync(Source(kept))).Tag("k", "a"));
        Assert.Equal([18, 18], _log.Lines.Select(line => line.EventId));
    }

    [Theory]
    [InlineData(StoreFailure.ReadOnly, 200)]
    [InlineData(StoreFailure.Damaged, 503)]
    [InlineData(StoreFailure.Unavailable, 503)]
    public async Task KeptKey_ThatCannotBeHad_IsNoOther_UnlessNothingWasEverKept(StoreFailure failure, int status)
    {
        _secrets.Missing.Add(SealSource.SecretName);
        SealSource source = Source(new KeptKey(() => throw new StoreException(failure, "away")));

        int told = status == 200
            ? await SealAsync(source) is not null ? 200 : 0
            : (await Assert.ThrowsAsync<GatewayException>(() => SealAsync(source))).Error.Status;

        Assert.Equal(status, told);
        Assert.Contains(_log.Lines, line => line.EventId == (status == 200 ? 17 : 9));
    }

    [Fact]
    public async Task Secret_ThatCanBeGuessed_IsRefusedAndNotShown()
    {
        _secrets.Values[SealSource.SecretName] = "s3cret";

        GatewayError error = (await Assert.ThrowsAsync<GatewayException>(() => SealAsync(Source()))).Error;

        Assert.Equal((503, "seal_unavailable"), (error.Status, error.Code));
        Assert.DoesNotContain("s3cret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vault_ThatIsAway_IsAFailureOfTheRequestAndNotAnotherSeal()
    {
        _secrets.Unavailable.Add(SealSource.SecretName);

        GatewayError error = (await Assert.ThrowsAsync<GatewayException>(() => SealAsync(Source()))).Error;

        Assert.Equal((503, "seal_unavailable"), (error.Status, error.Code));
        Assert.DoesNotContain("canary-vault", error.Message, StringComparison.Ordinal);
    }

    private static async Task<IdSeal> SealAsync(SealSource source) =>
        await source.GetAsync("req_1", CancellationToken.None);

    private SealSource Source(ISealKeyStore? kept = null) => new(_secrets, () => true, _log, kept);

    private sealed class KeptKey(Func<string> key) : ISealKeyStore
    {
        public ValueTask<string> GetAsync(CancellationToken cancellationToken) => new(key());
    }
}
