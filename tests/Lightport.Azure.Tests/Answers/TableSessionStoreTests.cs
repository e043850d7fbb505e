using System.Security.Cryptography;
using Lightport.Azure.Tests.Storage;
using Lightport.Storage;

namespace Lightport.Azure.Tests.Answers;

[Collection(AzuriteGroup.Name)]
public sealed class TableSessionStoreTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TestStorage _storage = azurite.NewStorage();

    [Fact]
    public async Task Session_IsFoundByItsOwnerAlone_AtEveryInstance()
    {
        StoredSession kept = Kept("a", "1", "{}");
        await _storage.Sessions.WriteAsync(Kept("a", "1", "{\"old\":1}"), None);
        await _storage.Sessions.WriteAsync(kept, None);

        Assert.Equal(kept, await _storage.OtherSessions().FindAsync("a", "1", None));
        Assert.Null(await _storage.Sessions.FindAsync("b", "1", None));
        Assert.Null(await _storage.Sessions.FindAsync("a", "2", None));
    }

    /// <summary>A megabyte that no packing makes smaller, and then a small one in its place.</summary>
    [Fact]
    public async Task Session_AsLongAsOneMayBe_IsKeptWhole()
    {
        StoredSession kept = Kept("a", "1", Convert.ToBase64String(RandomNumberGenerator.GetBytes(768 * 1024)));
        await _storage.Sessions.WriteAsync(kept, None);
        Assert.Equal(kept, await _storage.Sessions.FindAsync("a", "1", None));
    }

    [Fact]
    public async Task Session_LivesADay_AcrossTheEndOfItsTable_AndGoesWithIt()
    {
        for (int day = 0; day < 16; day++)
        {
            await _storage.Sessions.WriteAsync(Kept("a", $"{day}", "{}"), None);
            _storage.Clock.Advance(TimeSpan.FromHours(23));
            Assert.NotNull(await _storage.Sessions.FindAsync("a", $"{day}", None));
            _storage.Clock.Advance(TimeSpan.FromHours(1));
            Assert.Null(await _storage.Sessions.FindAsync("a", $"{day}", None));
        }

        int tables = 0;
        await foreach (var table in _storage.Service.QueryAsync())
        {
            tables += table.Name.StartsWith(TableSessionStore.Tables, StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.InRange(tables, 1, 2);
    }

    [Fact]
    public async Task Session_ThatInstancesAddAtOnce_IsOnesAlone()
    {
        TableSessionStore[] instances = [_storage.Sessions, _storage.OtherSessions(), _storage.OtherSessions()];
        bool[] added = await Task.WhenAll(instances.Select(
            (store, number) => store.TryAddAsync(Kept("a", "1", $"{number}"), None).AsTask()));

        Assert.Single(added, true);
        Assert.Equal(
            $"{Array.IndexOf(added, true)}", (await _storage.OtherSessions().FindAsync("a", "1", None))?.Content);
        Assert.True(await _storage.Sessions.TryAddAsync(Kept("b", "1", "other"), None));
        await _storage.Sessions.WriteAsync(Kept("a", "1", "new"), None);
        Assert.False(await _storage.OtherSessions().TryAddAsync(Kept("a", "1", "late"), None));
        Assert.Equal("new", (await _storage.Sessions.FindAsync("a", "1", None))?.Content);
    }

    /// <summary>The process that adds it dies after its first write: another may not have to wait for a week.</summary>
    [Fact]
    public async Task Session_WhoseAddingBreaksOff_IsThereOrCanBeAdded()
    {
        await _storage.Sessions.TryAddAsync(Kept("a", "0", "{}"), None);
        int writes = 0;
        _storage.Wire.Before = request => request.Method == HttpMethod.Post && ++writes > 1
            ? throw new HttpRequestException("The process has died.")
            : Task.FromResult<HttpResponseMessage?>(null);
        bool? added = null;
        try
        {
            added = await _storage.Sessions.TryAddAsync(Kept("a", "1", "first"), None);
        }
        catch (StoreException)
        {
            // Whoever wanted it knows nothing of it.
        }

        _storage.Wire.Before = _ => Task.FromResult<HttpResponseMessage?>(null);
        StoredSession? found = await _storage.OtherSessions().FindAsync("a", "1", None);
        bool late = await _storage.OtherSessions().TryAddAsync(Kept("a", "1", "second"), None);

        Assert.Equal((true, "first", false), (added, found?.Content, late));
    }

    [Fact]
    public async Task TablesAway_IsAFailureOfTheStore()
    {
        _storage.Wire.Fail(503, "ServerBusy");

        await Assert.ThrowsAsync<StoreException>(
            async () => await _storage.Sessions.WriteAsync(Kept("a", "1", "{}"), None));
        await Assert.ThrowsAsync<StoreException>(
            async () => await _storage.Sessions.FindAsync("a", "1", None));
        await Assert.ThrowsAsync<StoreException>(
            async () => await _storage.Sessions.TryAddAsync(Kept("a", "1", "{}"), None));
    }

    private StoredSession Kept(string owner, string id, string content) =>
        new(owner, id, content, _storage.Clock.GetUtcNow() + TimeSpan.FromHours(24));
}
