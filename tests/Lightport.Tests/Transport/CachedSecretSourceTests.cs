using Lightport.Transport;

namespace Lightport.Tests.Transport;

public sealed class CachedSecretSourceTests
{
    private const string Name = "OPENAI_API_KEY";

    private readonly ManualTime _time = new();
    private readonly ScriptedSecretSource _source = new();
    private readonly CachedSecretSource _cache;

    public CachedSecretSourceTests() => _cache = new CachedSecretSource(_source, _time);

    [Fact]
    public async Task Get_WithinFourMinutes_FetchesOnce()
    {
        await KnowAsync("one");
        _time.Advance(TimeSpan.FromSeconds(239));

        ValueTask<string?> again = Get();

        Assert.True(again.IsCompletedSuccessfully);
        Assert.Equal("one", await again);
        Assert.Single(_source.Fetches);
    }

    [Fact(Timeout = 60_000)]
    public async Task Get_InTheLastMinute_AnswersAtOnceAndRefreshesBehind()
    {
        await KnowAsync("one");
        _time.Advance(TimeSpan.FromMinutes(4));

        Assert.Equal("one", await Get());
        Assert.Equal("one", await Get());
        Assert.Equal(2, _source.Fetches.Count);

        // The refresh goes on behind the caller's back, on another thread: the test yields to it until it is through.
        _source.Fetches[1].SetResult("two");
        while (await Get() != "two")
        {
            await Task.Yield();
        }

        Assert.Equal(2, _source.Fetches.Count);
    }

    [Fact]
    public async Task Get_AfterFiveMinutes_WaitsForANewValue()
    {
        await KnowAsync("one");
        _time.Advance(TimeSpan.FromMinutes(5));

        ValueTask<string?> value = Get();

        Assert.False(value.IsCompleted);
        _source.Fetches[1].SetResult("two");
        Assert.Equal("two", await value);
    }

    [Fact]
    public async Task Get_ManyCallersAtOnce_ShareOneFetch()
    {
        Task<string?>[] callers = [.. Enumerable.Range(0, 100).Select(_ => Get().AsTask())];

        TaskCompletionSource<string?> fetch = Assert.Single(_source.Fetches);
        fetch.SetResult("one");

        Assert.All(await Task.WhenAll(callers), value => Assert.Equal("one", value));
    }

    [Fact]
    public async Task Get_TwoNames_AreFetchedApart()
    {
        ValueTask<string?> first = _cache.GetAsync("A", CancellationToken.None);
        ValueTask<string?> second = _cache.GetAsync("B", CancellationToken.None);
        _source.Fetches[0].SetResult("a");
        _source.Fetches[1].SetResult("b");

        Assert.Equal("a", await first);
        Assert.Equal("b", await second);
    }

    [Fact]
    public async Task Get_OneCallerLeaves_TheOthersStillGetTheValue()
    {
        using var gone = new CancellationTokenSource();
        ValueTask<string?> leaving = _cache.GetAsync(Name, gone.Token);
        ValueTask<string?> staying = Get();
        await gone.CancelAsync();
        _source.Fetches[0].SetResult("one");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving.AsTask());
        Assert.Equal("one", await staying);
        Assert.Single(_source.Fetches);
    }

    [Fact]
    public async Task Get_NoSuchSecret_IsRememberedForTenSeconds()
    {
        await KnowAsync(null);
        _time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Null(await Get());
        Assert.Single(_source.Fetches);

        _time.Advance(TimeSpan.FromSeconds(0.1));
        ValueTask<string?> value = Get();
        _source.Fetches[1].SetResult("one");

        Assert.Equal("one", await value);
    }

    [Fact]
    public async Task Invalidate_KnownValue_IsFetchedAnewAndToldToTheSource()
    {
        await KnowAsync("one");

        _cache.Invalidate(Name);
        ValueTask<string?> value = Get();
        _source.Fetches[1].SetResult("two");

        Assert.Equal("two", await value);
        Assert.Equal([Name], _source.Invalidated);
    }

    [Fact]
    public async Task Invalidate_WhileAFetchIsUnderWay_DoesNotKeepItsValue()
    {
        ValueTask<string?> before = Get();

        _cache.Invalidate(Name);
        ValueTask<string?> after = Get();
        _source.Fetches[1].SetResult("two");
        _source.Fetches[0].SetResult("one");

        Assert.Equal("one", await before);
        Assert.Equal("two", await after);
        Assert.Equal("two", await Get());
    }

    [Fact]
    public async Task Get_SourceAwayWithAValueKnown_GoesOnServingItAndAsksAgainInTenSeconds()
    {
        await KnowAsync("one");
        _time.Advance(TimeSpan.FromHours(1));

        ValueTask<string?> value = Get();
        _source.Fetches[1].SetException(new SecretUnavailableException("away"));
        Assert.Equal("one", await value);
        Assert.Equal("one", await Get());
        Assert.Equal(2, _source.Fetches.Count);

        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("one", await Get());
        _source.Fetches[2].SetResult("two");
        Assert.Equal("two", await Get());
    }

    [Fact]
    public async Task Get_SourceAwayWithNothingKnown_FailsAndAsksAgainAtTheNextCall()
    {
        ValueTask<string?> value = Get();
        _source.Fetches[0].SetException(new SecretUnavailableException("away"));
        await Assert.ThrowsAsync<SecretUnavailableException>(() => value.AsTask());

        ValueTask<string?> next = Get();
        _source.Fetches[1].SetResult("one");

        Assert.Equal("one", await next);
    }

    [Fact]
    public async Task Get_SourceSilentForTenSeconds_FailsNamingTheSecret()
    {
        Task<string?> value = Get().AsTask();

        _time.Advance(TimeSpan.FromSeconds(10));

        SecretUnavailableException e = await Assert.ThrowsAsync<SecretUnavailableException>(() => value);
        Assert.Contains(Name, e.Message, StringComparison.Ordinal);
    }

    private ValueTask<string?> Get() => _cache.GetAsync(Name, CancellationToken.None);

    private async Task KnowAsync(string? value)
    {
        ValueTask<string?> first = Get();
        _source.Fetches[^1].SetResult(value);
        Assert.Equal(value, await first);
    }
}
