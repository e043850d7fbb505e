using Lightport.Azure.Tests.Storage;

namespace Lightport.Azure.Tests.Mcp;

/// <summary>What MCP servers list is found by every instance, however long it is.</summary>
[Collection(AzuriteGroup.Name)]
public sealed class TableToolListStoreTests
{
    private readonly TableToolListStore _store;

    public TableToolListStoreTests(AzuriteFixture azurite)
    {
        TestStorage storage = azurite.NewStorage();
        _store = new TableToolListStore(storage.Service, storage.Clock);
    }

    [Fact]
    public async Task List_IsReadAsItWasWrittenLast()
    {
        string longest = new('x', 400_000);
        Assert.Null(await _store.ReadAsync("docs", CancellationToken.None));

        await _store.WriteAsync("docs", longest, CancellationToken.None);
        await _store.WriteAsync("crm", "[1]", CancellationToken.None);
        Assert.Equal(longest, await _store.ReadAsync("docs", CancellationToken.None));
        await _store.WriteAsync("docs", "[2]", CancellationToken.None);

        Assert.Equal("[2]", await _store.ReadAsync("docs", CancellationToken.None));
        Assert.Equal("[1]", await _store.ReadAsync("crm", CancellationToken.None));
    }
}
