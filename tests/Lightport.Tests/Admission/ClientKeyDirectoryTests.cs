using Lightport.Admission;
using Lightport.Conversation;
using Lightport.Storage;
using Lightport.Tests.Routing;
using Lightport.Tests.Storage;
using Microsoft.AspNetCore.Http;
using Moq;

namespace Lightport.Tests.Admission;

public sealed class ClientKeyDirectoryTests
{
    private const string Plain = "lp-canary-key-that-no-text-may-show";
    private static readonly KeyHash Hash = KeyHash.Of(Plain);
    private static readonly StoreException Away = new(StoreFailure.Unavailable, "The tables are away.");

    private readonly MemoryKeys _store = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly ClientKeyDirectory _directory;

    public ClientKeyDirectoryTests() => _directory = new ClientKeyDirectory(_store, _clock);

    private static ClientKeyRecord Record => new()
    {
        Hash = Hash.ToString(),
        Name = "team-a",
        Models = ["gpt-*"],
        Tags = new Dictionary<string, string> { ["tier"] = "1" },
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    [Fact]
    public async Task Find_KnownKey_IsAllThatItsRecordSays()
    {
        _store.Put(Record with { ExpiresAt = DateTimeOffset.UnixEpoch.AddDays(1), Disabled = true });

        ClientKey key = (await FindAsync())!;

        Assert.Equal(("team-a", Hash.Id, "1"), (key.Caller.Name, key.Caller.KeyId, key.Caller.Tags["tier"]));
        Assert.Equal((true, DateTimeOffset.UnixEpoch.AddDays(1)), (key.Disabled, key.Expires));
        Assert.True(key.Caller.Models.Allows("gpt-4o"));
        Assert.False(key.Caller.Models.Allows("claude"));
    }

    [Theory]
    [InlineData(59.9, 1)]
    [InlineData(60, 2)]
    public async Task Find_KnownKey_IsRememberedFor60Seconds(double seconds, int asked)
    {
        _store.Put(Record);
        await FindAsync();
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        await FindAsync();

        Assert.Equal(asked, _store.Asked.Count);
    }

    [Theory]
    [InlineData(9.9, 1)]
    [InlineData(10, 2)]
    public async Task Find_UnknownKey_IsRememberedFor10Seconds(double seconds, int asked)
    {
        Assert.Null(await FindAsync());
        _clock.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Null(await FindAsync());

        Assert.Equal(asked, _store.Asked.Count);
    }

    [Fact]
    public async Task Find_KeyRemovedElsewhere_IsGoneWithinAMinute()
    {
        _store.Put(Record);
        Assert.NotNull(await FindAsync());
        _store.Clear();
        _clock.Advance(TimeSpan.FromSeconds(60));

        Assert.Null(await FindAsync());
    }

    [Fact]
    public async Task Find_StoreAway_SeenKeysServe_AndItRecovers()
    {
        _store.Put(Record);
        await FindAsync();
        _store.Fault = Away;
        _clock.Advance(TimeSpan.FromHours(3));

        Assert.NotNull(await FindAsync());
        Assert.Equal("The tables are away.", _directory.LastError);

        // Not asked at each request while it is away.
        await FindAsync();
        Assert.Equal(2, _store.Asked.Count);

        _store.Fault = null;
        _store.Clear();
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(await FindAsync());
        Assert.Null(_directory.LastError);
    }

    [Theory]
    [InlineData(23, true)]
    [InlineData(25, false)]
    public async Task Find_StoreAwayForLong_AKnownKeyAdmitsForADay(int hours, bool admits)
    {
        _store.Put(Record);
        await FindAsync();
        _store.Fault = Away;
        for (int hour = 0; hour < hours; hour++)
        {
            _clock.Advance(TimeSpan.FromHours(1));
            if (hour < 23)
            {
                Assert.NotNull(await FindAsync());
            }
        }

        StoreException? failure = await Xunit.Record.ExceptionAsync(async () => await FindAsync()) as StoreException;

        Assert.Equal(admits, failure is null);
    }

    [Fact]
    public async Task Find_StoreHangsForLong_AKnownKeyIsRefused()
    {
        var directory = new ClientKeyDirectory(_store, _clock, outage: TimeSpan.FromMinutes(2));
        _store.Put(Record);
        await directory.FindAsync(Hash, CancellationToken.None);
        _store.Gate = new TaskCompletionSource().Task;
        _clock.Advance(TimeSpan.FromMinutes(3));

        Task<ClientKey?> asked = directory.FindAsync(Hash, CancellationToken.None).AsTask();
        _clock.Advance(TimeSpan.FromSeconds(0.5));

        Assert.Equal(
            StoreFailure.Unavailable, (await Assert.ThrowsAsync<StoreException>(() => asked)).Failure);
    }

    [Fact]
    public async Task Find_StoreHangs_AKnownKeyWaitsHalfASecondOnce_AndTheAnswerCountsWhenItComes()
    {
        _store.Put(Record);
        await FindAsync();
        _clock.Advance(TimeSpan.FromSeconds(60));
        var gate = new TaskCompletionSource();
        _store.Gate = gate.Task;
        _store.Clear();

        Task<ClientKey?> first = FindAsync().AsTask();
        Assert.False(first.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.5));
        Assert.NotNull(await first);
        ValueTask<ClientKey?> next = FindAsync();
        Assert.True(next.IsCompletedSuccessfully);
        Assert.NotNull(await next);

        // It was removed meanwhile, and the store says so at last.
        gate.SetResult();
        _store.Gate = Task.CompletedTask;
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(await FindAsync());
    }

    [Fact]
    public async Task LastError_NobodyAsksAnyMore_IsForgottenAfterAMinute()
    {
        _store.Fault = Away;
        await Assert.ThrowsAsync<StoreException>(async () => await FindAsync());
        _clock.Advance(TimeSpan.FromSeconds(59));
        Assert.NotNull(_directory.LastError);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(_directory.LastError);
    }

    [Fact]
    public async Task Find_StoreAwayAndKeyUnseen_FailsForThisRequestAndIsAskedAgain()
    {
        _store.Fault = Away;
        Assert.Same(Away, await Assert.ThrowsAsync<StoreException>(async () => await FindAsync()));
        _store.Fault = null;
        _store.Put(Record);

        Assert.NotNull(await FindAsync());
    }

    [Fact]
    public async Task Find_ManyAtOnce_AskOnce_AndNoneCancelsTheOthers()
    {
        _store.Put(Record);
        var gate = new TaskCompletionSource();
        _store.Gate = gate.Task;
        using var gone = new CancellationTokenSource();
        Task<ClientKey?> leaves = _directory.FindAsync(Hash, gone.Token).AsTask();
        Task<ClientKey?>[] stay = [.. Enumerable.Range(0, 20).Select(_ => FindAsync().AsTask())];
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaves);
        gate.SetResult();

        Assert.All(await Task.WhenAll(stay), Assert.NotNull);
        Assert.Single(_store.Asked);
    }

    [Fact]
    public async Task Forget_WhileAsked_TheOldStateIsNotRemembered()
    {
        _store.Put(Record);
        var gate = new TaskCompletionSource();
        _store.Gate = gate.Task;
        Task<ClientKey?> before = FindAsync().AsTask();
        _store.Clear();
        _directory.Forget(Hash);
        gate.SetResult();
        await before;

        Assert.Null(await FindAsync());
    }

    [Fact]
    public async Task Forget_ThenStoreAway_TheKeyDoesNotComeBack()
    {
        _store.Put(Record);
        await FindAsync();
        _directory.Forget(Hash);
        _store.Fault = Away;

        await Assert.ThrowsAsync<StoreException>(async () => await FindAsync());
    }

    [Fact]
    public async Task Find_EndlessStrangers_AreForgottenAndKnownKeysStay()
    {
        _store.Put(Record);
        await FindAsync();
        for (int i = 0; i <= ClientKeyDirectory.MostAbsent; i++)
        {
            await _directory.FindAsync(KeyHash.Of($"stranger-{i}"), CancellationToken.None);
        }

        int asked = _store.Asked.Count;
        await FindAsync();
        await _directory.FindAsync(KeyHash.Of("stranger-0"), CancellationToken.None);

        Assert.Equal(1, _directory.Count);
        Assert.Equal(asked + 1, _store.Asked.Count);
    }

    /// <summary>Memory is bounded by the keys in use, not by the keys there are.</summary>
    [Fact]
    public async Task Find_EndlessKeys_ThoseOutOfUseAreForgotten_AndThoseInUseStay()
    {
        _store.Put(Record);
        for (int i = 0; i < ClientKeyDirectory.MostIdle; i++)
        {
            KeyHash hash = KeyHash.Of($"key-{i}");
            _store.Put(Record with { Hash = hash.ToString(), Name = $"key-{i}" });
            await _directory.FindAsync(hash, CancellationToken.None);
        }

        Assert.Equal(ClientKeyDirectory.MostIdle, _directory.Count);
        _clock.Advance(TimeSpan.FromSeconds(61));
        await _directory.FindAsync(KeyHash.Of("key-7"), CancellationToken.None);
        await FindAsync();

        Assert.Equal(2, _directory.Count);
        int asked = _store.Asked.Count;
        Assert.NotNull(await _directory.FindAsync(KeyHash.Of("key-7"), CancellationToken.None));
        Assert.Equal(asked, _store.Asked.Count);
        Assert.NotNull(await _directory.FindAsync(KeyHash.Of("key-8"), CancellationToken.None));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("disabled")]
    [InlineData("expired")]
    public async Task Admit_ManagedKeyThatIsNotGood_IsTheOne401(string state)
    {
        if (state != "none")
        {
            _store.Put(Record with
            {
                Disabled = state == "disabled",
                ExpiresAt = state == "expired" ? _clock.GetUtcNow() : null,
            });
        }

        AdmissionResult result = await AdmitAsync();

        Assert.Same(Doorkeeper.InvalidKey, result.Error);
    }

    [Fact]
    public async Task Admit_ManagedKey_ExpiresWhileItIsRemembered()
    {
        _store.Put(Record with { ExpiresAt = _clock.GetUtcNow().AddSeconds(5) });
        Assert.True((await AdmitAsync()).Admitted);
        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Same(Doorkeeper.InvalidKey, (await AdmitAsync()).Error);
        Assert.Single(_store.Asked);
    }

    [Fact]
    public async Task Admit_StoreAway_Is503AndSaysNothingOfTheKey()
    {
        _store.Fault = Away;

        GatewayError error = (await AdmitAsync()).Error!;

        Assert.Equal((503, "store_unavailable"), (error.Status, error.Code));
        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Find_RecordWithoutAHash_IsNamedAsDamaged()
    {
        var store = new Mock<IClientKeyStore>();
        store.Setup(one => one.FindAsync(Hash.ToString(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(Record with { Hash = new string('x', 64) });
        var directory = new ClientKeyDirectory(store.Object, _clock);

        StoreException e = await Assert.ThrowsAsync<StoreException>(
            async () => await directory.FindAsync(Hash, CancellationToken.None));

        Assert.Equal(StoreFailure.Damaged, e.Failure);
        Assert.Contains("team-a", e.Message, StringComparison.Ordinal);
    }

    private ValueTask<ClientKey?> FindAsync() => _directory.FindAsync(Hash, CancellationToken.None);

    private ValueTask<AdmissionResult> AdmitAsync()
    {
        HttpRequest request = new DefaultHttpContext().Request;
        request.Headers.Authorization = $"Bearer {Plain}";
        return new Doorkeeper(_clock, _directory).AdmitAsync(
            new AdmissionSettings(AdmissionMode.Keys, ClientKeys.None), request, CancellationToken.None);
    }
}
