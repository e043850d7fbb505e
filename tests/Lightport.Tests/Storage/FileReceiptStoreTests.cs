using Lightport.Storage;
using Lightport.Storage.Files;
using Lightport.Tests.Routing;

namespace Lightport.Tests.Storage;

public sealed class FileReceiptStoreTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lightport-");
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public async Task Find_WhatWasWritten_ByThisStoreAndTheNext()
    {
        await NewStore().WriteAsync([Receipt(1), Receipt(2)], None);

        Assert.Equal(Receipt(2), await NewStore().FindAsync(Id(2), None));
        Assert.Null(await NewStore().FindAsync(Id(3), None));
        Assert.Null(await NewStore().FindAsync(Id(2, process: 'b'), None));
    }

    [Fact]
    public async Task Find_RequestsOfAnyLength_WhateverHourTheyEndedIn()
    {
        // Counts are given in order of arrival; each ends between at once and three hours later.
        var random = new Random(5);
        FileReceiptStore store = NewStore();
        var running = new List<(long Count, int EndsIn)>();
        long arrived = 0;
        for (int hour = 0; hour < 30; hour++)
        {
            running.AddRange(Enumerable.Range(0, 40).Select(_ => (++arrived, random.Next(0, 4))));
            foreach ((long Count, int EndsIn)[] batch in running.Where(one => one.EndsIn == 0).Chunk(7))
            {
                await store.WriteAsync([.. batch.Select(one => Receipt(one.Count))], None);
            }

            running = [.. running.Where(one => one.EndsIn > 0).Select(one => (one.Count, one.EndsIn - 1))];
            _clock.Advance(TimeSpan.FromHours(1));
        }

        var left = running.Select(one => one.Count).ToHashSet();
        for (long count = 1; count <= arrived; count++)
        {
            Assert.Equal(left.Contains(count), await store.FindAsync(Id(count), None) is null);
        }
    }

    [Fact]
    public async Task Write_WhatIsOlderThanIsKept_Goes()
    {
        FileReceiptStore store = NewStore();
        await store.WriteAsync([Receipt(1)], None);
        _clock.Advance(TimeSpan.FromDays(7));
        await store.WriteAsync([Receipt(2)], None);
        Assert.NotNull(await store.FindAsync(Id(1), None));

        _clock.Advance(TimeSpan.FromHours(1));
        await store.WriteAsync([Receipt(3)], None);

        Assert.Null(await store.FindAsync(Id(1), None));
        Assert.NotNull(await store.FindAsync(Id(2), None));
    }

    [Fact]
    public async Task Find_LineThatWasCutOff_IsNone_AndTheNextIsWhole()
    {
        FileReceiptStore store = NewStore();
        await store.WriteAsync([Receipt(1)], None);
        string file = Assert.Single(Directory.GetFiles(_folder.FullName));
        File.AppendAllText(file, Receipt(2).Json[..^5]);
        await store.WriteAsync([Receipt(3)], None);

        Assert.Null(await store.FindAsync(Id(2), None));
        Assert.NotNull(await store.FindAsync(Id(3), None));
    }

    [Fact]
    public async Task Write_FolderThatIsAFile_SaysWhatToDo()
    {
        string path = Path.Combine(_folder.FullName, "taken");
        File.WriteAllText(path, "");
        var store = new FileReceiptStore(path, TimeSpan.FromDays(7), _clock);

        StoreException e = await Assert.ThrowsAsync<StoreException>(() => store.WriteAsync([Receipt(1)], None).AsTask());

        Assert.Contains("LIGHTPORT_DATA", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("req_")]
    [InlineData("req_aaaaaaaaaaaaaaaa00000000000G")]
    [InlineData("req_aaaaaaaaaaaaaaaa0000000000011")]
    [InlineData("REQ_aaaaaaaaaaaaaaaa000000000001")]
    [InlineData("req_../../../../etc/passwd000000")]
    [InlineData("req_AAAAAAAAAAAAAAAA000000000001")]
    public void Parse_Garbage_IsNoId(string text) => Assert.Null(RequestId.Parse(text));

    [Fact]
    public void Parse_IdsOfTheGateway_AreIds()
    {
        RequestId first = RequestId.Parse(Lightport.Exchanges.RequestIds.Next())!.Value;
        RequestId second = RequestId.Parse(Lightport.Exchanges.RequestIds.Next())!.Value;

        Assert.Equal(first.Process, second.Process);
        Assert.True(second.Count > first.Count);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static RequestId Id(long count, char process = 'a') =>
        RequestId.Parse($"req_{new string(process, 16)}{count:x12}")!.Value;

    private static StoredReceipt Receipt(long count) => new(Id(count), $$"""{"id":"{{Id(count)}}","status":200}""");

    private FileReceiptStore NewStore() => new(_folder.FullName, TimeSpan.FromDays(7), _clock);
}
