using System.Net;
using Lightport.Azure.Tests.Storage;
using Lightport.Storage;

namespace Lightport.Azure.Tests.Tables;

/// <summary>A service that throttles, is slow, refuses, or is not there.</summary>
[Collection(AzuriteGroup.Name)]
public sealed class TableFailureTests(AzuriteFixture azurite)
{
    private const string Canary = "canary-5d1e7a";

    private readonly TestStorage _storage = azurite.NewStorage();

    [Theory]
    [InlineData(503, "ServerBusy", 3, "throttling or busy")]
    [InlineData(429, "TooManyRequests", 3, "throttling or busy")]
    [InlineData(500, "InternalError", 3, "asked again")]
    [InlineData(500, "OperationTimedOut", 3, "asked again")]
    [InlineData(401, "InvalidAuthenticationInfo", 1, "tenant")]
    [InlineData(403, "AuthorizationPermissionMismatch", 1, "Storage Table Data Contributor")]
    [InlineData(403, "AuthorizationFailure", 1, "firewall")]
    [InlineData(403, "AuthenticationFailed", 1, "Tables:ConnectionString")]
    [InlineData(403, "KeyBasedAuthenticationNotPermitted", 1, "Tables:Uri")]
    [InlineData(404, "ResourceTypeNotFound", 1, "no table service")]
    [InlineData(409, "TableBeingDeleted", 1, "being deleted")]
    [InlineData(400, "InvalidInput", 1, "refuses")]
    public async Task Call_ServiceRefuses_SaysWhyAndWhatToDo(int status, string code, int requests, string advice)
    {
        _storage.Wire.Fail(status, code, Canary);

        StoreException e = await FailAsync();

        Assert.StartsWith(
            "The table LightportRouting on 127.0.0.1 cannot be used: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(advice, e.Message, StringComparison.Ordinal);
        Assert.EndsWith($"({status} {code})", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, e.ToString(), StringComparison.Ordinal);
        Assert.Equal(requests, _storage.Wire.Requests);
    }

    [Theory]
    [InlineData(503, "ServerBusy")]
    [InlineData(429, "TooManyRequests")]
    public async Task Call_ThrottledOnce_IsMadeAgain(int status, string code)
    {
        await _storage.ApplyAsync(Contents.Small);
        int before = _storage.Wire.Requests;
        _storage.Wire.Before = _ => Task.FromResult(
            _storage.Wire.Requests == before + 1 ? Wire.Error(status, code) : null);

        Assert.NotNull(await _storage.Versions.FindPointerAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Call_ThrottledForLong_IsGivenUpWithinTheLimitWhateverTheServiceAsks()
    {
        var asked = new TaskCompletionSource();
        _storage.Wire.Before = _ =>
        {
            HttpResponseMessage busy = Wire.Error(503, "ServerBusy");
            busy.Headers.RetryAfter = new(TimeSpan.FromHours(1));
            asked.TrySetResult();
            return Task.FromResult<HttpResponseMessage?>(busy);
        };

        Task<StoreException> call = FailAsync();
        await asked.Task;
        _storage.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Contains("did not answer in time", (await call).Message, StringComparison.Ordinal);
        Assert.Equal(1, _storage.Wire.Requests);
    }

    [Fact]
    public async Task Call_ServiceIsSilent_IsGivenUpAndSaysSo()
    {
        var asked = new TaskCompletionSource();
        var silence = new TaskCompletionSource<HttpResponseMessage?>();
        _storage.Wire.Before = _ =>
        {
            asked.TrySetResult();
            return silence.Task;
        };

        Task<StoreException> call = FailAsync();
        await asked.Task;
        _storage.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Contains("did not answer in time", (await call).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_EachTryIsSilent_IsTriedThriceAndGivenUp()
    {
        var slow = new TestStorage(new Uri("http://127.0.0.1:1/lightport"), TimeSpan.FromMilliseconds(20));
        slow.Wire.Before = _ => new TaskCompletionSource<HttpResponseMessage?>().Task;

        StoreException e = await Assertions.FailsAsync(
            StoreFailure.Unavailable, () => slow.Versions.FindPointerAsync(CancellationToken.None).AsTask());

        Assert.Contains("did not answer in time", e.Message, StringComparison.Ordinal);
        Assert.Equal(3, slow.Wire.Requests);
    }

    [Fact]
    public async Task Call_ServiceIsDown_SaysWhereToLook()
    {
        var nobody = new TestStorage(new Uri("http://127.0.0.1:1/lightport"));

        StoreException e = await Assertions.FailsAsync(
            StoreFailure.Unavailable, () => nobody.Versions.FindPointerAsync(CancellationToken.None).AsTask());

        Assert.Contains("the network leads there", e.Message, StringComparison.Ordinal);
        Assert.Equal(3, nobody.Wire.Requests);
    }

    [Theory]
    [InlineData("""{"Version":"canary-5d1e7a",""")]
    [InlineData("canary-5d1e7a")]
    [InlineData("[]")]
    public async Task Call_AnswerIsBroken_FailsWithoutQuotingIt(string body)
    {
        _storage.Wire.Before = _ => Task.FromResult<HttpResponseMessage?>(
            new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body) });

        StoreException e = await FailAsync();

        Assert.Contains("cannot be understood", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_CodeIsNoWord_IsNotQuoted()
    {
        _storage.Wire.Fail(403, $"<html>{Canary}</html>");

        Assert.DoesNotContain(Canary, (await FailAsync()).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403, "refused")]
    [InlineData(404, "no table service")]
    [InlineData(409, "refuses")]
    [InlineData(412, "refuses")]
    public async Task Call_AnswerOfSomeProxy_IsToldByItsStatus(int status, string advice)
    {
        _storage.Wire.Before = _ => Task.FromResult<HttpResponseMessage?>(
            new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent("<html>proxy</html>") });

        StoreException e = await FailAsync();

        Assert.Contains(advice, e.Message, StringComparison.Ordinal);
        Assert.EndsWith($"({status})", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_CallerLeaves_EndsAsCancelled()
    {
        using var gone = new CancellationTokenSource();
        _storage.Wire.Before = async _ =>
        {
            await gone.CancelAsync();
            return await new TaskCompletionSource<HttpResponseMessage?>().Task;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _storage.Versions.FindPointerAsync(gone.Token).AsTask());
        Assert.Equal(0, _storage.Clock.Waiting);
    }

    [Fact]
    public async Task Call_TableCannotBeMade_SaysWhichRoleIsMissing()
    {
        _storage.Wire.Before = request => Task.FromResult(
            request.RequestUri!.AbsolutePath.EndsWith("/Tables", StringComparison.Ordinal)
                ? Wire.Error(403, "AuthorizationPermissionMismatch")
                : null);

        StoreException e = await FailAsync();

        Assert.Contains("Storage Table Data Contributor", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_TableMadeByAnotherInBetween_GoesOn()
    {
        TestStorage[] instances = [.. Enumerable.Range(0, 8).Select(_ => _storage)];

        ConfigurationPointer?[] found = await Task.WhenAll(instances.Select(
            instance => instance.OtherVersions().FindPointerAsync(CancellationToken.None).AsTask()));

        Assert.All(found, Assert.Null);
    }

    private Task<StoreException> FailAsync() => Assertions.FailsAsync(
        StoreFailure.Unavailable, () => _storage.Versions.FindPointerAsync(CancellationToken.None).AsTask());
}
