using Azure;
using Azure.Data.Tables;
using Lightport.Azure.Tests.Storage;
using Lightport.Storage;

namespace Lightport.Azure.Tests.Receipts;

[Collection(AzuriteGroup.Name)]
public sealed class TableReceiptStoreTests(AzuriteFixture azurite)
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly TestStorage _storage = azurite.NewStorage();

    [Fact]
    public async Task Find_WhatWasWritten_ByThisInstanceAndAnother()
    {
        await _storage.Receipts.WriteAsync([Receipt(1), Receipt(2, 'b')], None);

        Assert.Equal(Receipt(1), await _storage.Receipts.FindAsync(Id(1), None));
        Assert.Equal(Receipt(2, 'b'), await _storage.OtherReceipts().FindAsync(Id(2, 'b'), None));
        Assert.Null(await _storage.Receipts.FindAsync(Id(2), None));
    }

    [Fact]
    public async Task Write_Thousands_IsOneCall_AndEachIsFoundByAFew()
    {
        StoredReceipt[] receipts = [.. Enumerable.Range(4_000, 3_000).Select(count => Receipt(count))];
        await _storage.Receipts.WriteAsync([Receipt(1)], None);
        int before = _storage.Wire.Requests;

        await _storage.Receipts.WriteAsync(receipts, None);
        Assert.Equal(1, _storage.Wire.Requests - before);

        // A request that took long comes with a later writing, and stands in its own stretch all the same.
        await _storage.Receipts.WriteAsync([Receipt(4_001, status: 504)], None);
        before = _storage.Wire.Requests;
        Assert.NotNull(await _storage.Receipts.FindAsync(Id(4_500), None));
        Assert.NotNull(await _storage.Receipts.FindAsync(Id(6_999), None));
        Assert.InRange(_storage.Wire.Requests - before, 2, 6);
    }

    [Fact]
    public async Task Find_OlderThanIsKept_IsNone_AndGoesWithItsTable()
    {
        await _storage.Receipts.WriteAsync([Receipt(1)], None);
        _storage.Clock.Advance(TimeSpan.FromDays(6));
        Assert.NotNull(await _storage.Receipts.FindAsync(Id(1), None));
        _storage.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Null(await _storage.Receipts.FindAsync(Id(1), None));

        _storage.Clock.Advance(TimeSpan.FromDays(70));
        await _storage.Receipts.WriteAsync([Receipt(2)], None);

        int tables = 0;
        await foreach (var table in _storage.Service.QueryAsync(cancellationToken: None))
        {
            tables += table.Name.StartsWith(TableReceiptStore.Tables, StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.Equal(1, tables);
    }

    [Fact]
    public async Task Find_RowThatSomebodyEdited_IsNone()
    {
        await _storage.Receipts.WriteAsync([Receipt(1)], None);
        await foreach (var table in _storage.Service.QueryAsync(cancellationToken: None))
        {
            TableClient client = _storage.Table(table.Name);
            await foreach (TableEntity row in client.QueryAsync<TableEntity>(cancellationToken: None))
            {
                row["Data0000"] = new byte[] { 1, 2, 3 };
                await client.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace, None);
            }
        }

        Assert.Null(await _storage.Receipts.FindAsync(Id(1), None));
    }

    [Fact]
    public async Task Write_StorageIsAway_Fails()
    {
        _storage.Wire.Fail(503, "ServerBusy");

        await Assertions.FailsAsync(
            StoreFailure.Unavailable, () => _storage.Receipts.WriteAsync([Receipt(1)], None).AsTask());
    }

    private static RequestId Id(long count, char process = 'a') =>
        RequestId.Parse($"req_{new string(process, 16)}{count:x12}")!.Value;

    private static StoredReceipt Receipt(long count, char process = 'a', int status = 200)
    {
        RequestId id = Id(count, process);
        string names = string.Join(',', Enumerable.Range(0, 20).Select(i => $"\"{(count * 7919) + i:x8}\""));
        return new(id, $$"""{"id":"{{id}}","status":{{status}},"dropped":[{{names}}]}""");
    }
}
