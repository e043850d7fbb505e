using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Lightport.Azure.Tests.Storage;
using Lightport.Storage;

namespace Lightport.Azure.Tests.Versions;

/// <summary>What is half there, changed by hand or no longer makes sense.</summary>
[Collection(AzuriteGroup.Name)]
public sealed class DamagedVersionTests(AzuriteFixture azurite)
{
    private readonly TestStorage _storage = azurite.NewStorage();

    private TableConfigurationVersions Versions => _storage.Versions;

    private TableClient Table => _storage.Table(TableConfigurationVersions.Table);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Write_KilledAfterSomeRequests_LeavesNothingThatAnyoneSees(int lived)
    {
        ConfigurationVersion before = await _storage.ApplyAsync(Contents.Small);
        int requests = 0;
        _storage.Wire.Before = _ => Interlocked.Increment(ref requests) > lived
            ? throw new HttpRequestException("killed")
            : Task.FromResult<HttpResponseMessage?>(null);

        await Assertions.FailsAsync(
            StoreFailure.Unavailable,
            () => Versions.WriteAsync(Contents.Random(8 << 20), null, Contents.Note, CancellationToken.None).AsTask());

        TableConfigurationVersions other = _storage.OtherVersions();
        Assert.Equal([before], await other.ListAsync(CancellationToken.None));
        Assert.Equal(before.Version, (await other.FindPointerAsync(CancellationToken.None))?.Version);
        Assertions.Same(Contents.Small, await other.ReadAsync(before.Version, CancellationToken.None));
    }

    [Fact]
    public async Task Write_AnswersLostOnTheWay_WritesOnce()
    {
        int requests = 0;
        _storage.Wire.After = _ =>
        {
            if (Interlocked.Increment(ref requests) % 2 == 1)
            {
                throw new HttpRequestException("the answer is lost");
            }
        };

        ConfigurationVersion version = await _storage.ApplyAsync(Contents.Models(150));

        _storage.Wire.After = _ => { };
        Assertions.Same(Contents.Models(150), await Versions.ReadAsync(version.Version, CancellationToken.None));
        Assert.Equal(version.Version, (await Versions.FindPointerAsync(CancellationToken.None))?.Version);
    }

    [Fact]
    public async Task Read_PointerAtAVersionThatIsNotThere_FindsNone()
    {
        await _storage.ApplyAsync(Contents.Small);
        await Table.UpsertEntityAsync(
            new TableEntity("current", "pointer") { ["Version"] = "20261121T075959999-00000000" });

        ConfigurationPointer? pointer = await Versions.FindPointerAsync(CancellationToken.None);

        Assert.Equal("20261121T075959999-00000000", pointer?.Version);
        Assert.Null(await Versions.ReadAsync(pointer!.Version, CancellationToken.None));
    }

    [Fact]
    public async Task Move_OverAPointerThatNamesNothing_MendsIt()
    {
        ConfigurationVersion version = await _storage.ApplyAsync(Contents.Small);
        await Table.UpsertEntityAsync(
            new TableEntity("current", "pointer") { ["Version"] = null, ["MovedAt"] = "soon" },
            TableUpdateMode.Replace);
        ConfigurationPointer? broken = await Versions.FindPointerAsync(CancellationToken.None);

        await Versions.MoveAsync(version.Version, broken, Contents.Note, CancellationToken.None);

        Assert.Equal("", broken?.Version);
        Assert.Equal(version.Version, (await Versions.FindPointerAsync(CancellationToken.None))?.Version);
    }

    [Fact]
    public async Task Read_RowIsMissing_IsDamaged()
    {
        ConfigurationVersion version = await _storage.ApplyAsync(Contents.Random(1 << 20));
        await Table.DeleteEntityAsync("v" + version.Version, "0001");

        StoreException e = await ReadDamagedAsync(version);

        Assert.Contains(version.Version, e.Message, StringComparison.Ordinal);
        Assert.Contains("not what was written", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("changed by hand")]
    public async Task Read_RowWasChanged_IsDamaged(string? value)
    {
        ConfigurationVersion version = await _storage.ApplyAsync(Contents.Small);
        await ChangeAsync("v" + version.Version, "0000", row => row["Data0000"] = value);

        StoreException e = await ReadDamagedAsync(version);

        Assert.Contains("not what was written", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("not JSON")]
    public async Task Read_FormOfAnotherRelease_IsDamagedAndSaysSo(string form)
    {
        ConfigurationVersion version = await _storage.ApplyAsync(Contents.Small);
        byte[] other = Encoding.UTF8.GetBytes(form);
        await ChangeAsync("v" + version.Version, "0000", row => row["Data0000"] = other);
        await ChangeAsync("versions", version.Version, row =>
            row["Digest"] = Convert.ToHexStringLower(SHA256.HashData(other)));

        StoreException e = await ReadDamagedAsync(version);

        Assert.Contains("another release", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_NothingToHoldItTo_IsDamaged()
    {
        ConfigurationVersion version = await _storage.ApplyAsync(Contents.Small);
        await ChangeAsync("versions", version.Version, row => row["Digest"] = null);

        StoreException e = await ReadDamagedAsync(version);

        Assert.Contains("'versions' cannot be read", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OddColumns_StillListsTheVersion()
    {
        ConfigurationVersion version = await _storage.ApplyAsync(Contents.Small);
        await ChangeAsync("versions", version.Version, row =>
        {
            row["Entries"] = "seven";
            row["CreatedAt"] = "yesterday";
            row["Author"] = 12L;
            row["Note"] = null;
        });

        ConfigurationVersion listed = Assert.Single(await Versions.ListAsync(CancellationToken.None));

        Assert.Equal((version.Version, "12", null, null), (listed.Version, listed.Author, listed.Note, listed.Entries));
    }

    [Fact]
    public async Task Apply_TableWasDeleted_IsMadeAnew()
    {
        await _storage.ApplyAsync(Contents.Models(5));
        await Table.DeleteAsync();

        Assert.Null(await Versions.FindPointerAsync(CancellationToken.None));
        Assert.True(await Versions.WasConfiguredAsync(CancellationToken.None));
        ConfigurationVersion version = await _storage.ApplyAsync(Contents.Small);
        Assertions.Same(Contents.Small, await Versions.ReadAsync(version.Version, CancellationToken.None));
    }

    private async Task ChangeAsync(string partition, string row, Action<TableEntity> change)
    {
        TableEntity entity = await Table.GetEntityAsync<TableEntity>(partition, row);
        change(entity);
        await Table.UpdateEntityAsync(entity, ETag.All, TableUpdateMode.Replace);
    }

    private Task<StoreException> ReadDamagedAsync(ConfigurationVersion version) => Assertions.FailsAsync(
        StoreFailure.Damaged, () => Versions.ReadAsync(version.Version, CancellationToken.None).AsTask());
}
