using Lightport.Azure.Tests.Storage;
using Lightport.Storage;

namespace Lightport.Azure.Tests.Health;

/// <summary>The one row that instances share is written only by whoever has read the last writing.</summary>
[Collection(AzuriteGroup.Name)]
public sealed class TableHealthStoreTests
{
    private readonly TableHealthStore _store;

    public TableHealthStoreTests(AzuriteFixture azurite)
    {
        TestStorage storage = azurite.NewStorage();
        _store = new TableHealthStore(storage.Service, storage.Clock);
    }

    [Fact]
    public async Task Note_IsReadAsItWasWritten()
    {
        Assert.Null(await _store.ReadAsync(CancellationToken.None));
        Assert.True(await _store.TryWriteAsync("[1]", tag: null, CancellationToken.None));

        Assert.Equal("[1]", (await _store.ReadAsync(CancellationToken.None))!.Text);
    }

    [Fact]
    public async Task Note_ThatAnotherWroteSince_IsLeftAsItIs()
    {
        Assert.True(await _store.TryWriteAsync("[1]", tag: null, CancellationToken.None));
        HealthNote read = (await _store.ReadAsync(CancellationToken.None))!;
        Assert.True(await _store.TryWriteAsync("[2]", read.Tag, CancellationToken.None));

        Assert.False(await _store.TryWriteAsync("[3]", read.Tag, CancellationToken.None));
        Assert.False(await _store.TryWriteAsync("[4]", tag: null, CancellationToken.None));
        Assert.Equal("[2]", (await _store.ReadAsync(CancellationToken.None))!.Text);
    }
}
