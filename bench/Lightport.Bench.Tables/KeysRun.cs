using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;
using Lightport.Azure;
using Lightport.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Lightport.Bench.Tables;

/// <summary>Many client keys: added, looked up, listed.</summary>
internal sealed class KeysRun(TableServiceClient service, int count)
{
    private const int AtOnce = 16;
    private const int PageSize = 1000;
    private const int Pages = 5;
    private const int LookUps = 1000;

    private readonly TableClientKeyStore _keys = new(
        service, TimeProvider.System, NullLogger<TableClientKeyStore>.Instance);

    public async Task RunAsync()
    {
        ClientKeyRecord[] keys = [.. Enumerable.Range(0, count).Select(New)];
        await Stopwatches.MeasureAsync($"fill in {count:N0} keys", count, () => FillAsync(keys));
        await Stopwatches.SampleAsync("add a key to them", 50, async i => await _keys.AddAsync(New(-1 - i), default));

        int step = Math.Max(1, count / LookUps);
        await Stopwatches.SampleAsync("find a key by its hash", LookUps, async i =>
            Require(await _keys.FindAsync(keys[i * step % count].Hash, default) is not null));
        await Stopwatches.SampleAsync("find no key by a hash", LookUps, async i =>
            Require(await _keys.FindAsync(New(count + i).Hash, default) is null));
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = AtOnce };
        await Stopwatches.MeasureAsync($"find {LookUps:N0} keys, {AtOnce} at once", LookUps, () =>
            Parallel.ForEachAsync(Enumerable.Range(0, LookUps), atOnce, async (i, stop) =>
                Require(await _keys.FindAsync(keys[i * step % count].Hash, stop) is not null)));
        await Stopwatches.SampleAsync("find a key by its id", 20, async i =>
            Require(await _keys.FindByIdAsync(keys[i * step % count].Id, default) is not null));

        string? next = null;
        await Stopwatches.SampleAsync($"list a page of {PageSize:N0} keys", Pages, async _ =>
        {
            ClientKeyPage page = await _keys.ListAsync(PageSize, next, default);
            Require(page.Keys.Count == Math.Min(PageSize, count));
            next = page.Next;
        });
    }

    /// <summary>In batches: the store itself adds one by one, after a look for another of the same id.</summary>
    private async Task FillAsync(ClientKeyRecord[] keys)
    {
        TableClient table = service.GetTableClient(TableClientKeyStore.Table);
        await table.CreateIfNotExistsAsync();
        await Parallel.ForEachAsync(
            keys.GroupBy(key => key.Hash[..2]).SelectMany(partition => partition.Chunk(100)),
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (batch, stop) => await table.SubmitTransactionAsync(batch.Select(Insert), stop));
    }

    private static TableTransactionAction Insert(ClientKeyRecord key) => new(
        TableTransactionActionType.Add,
        new TableEntity(key.Hash[..2], key.Hash)
        {
            ["Name"] = key.Name,
            ["Models"] = """["gpt-*","fast"]""",
            ["Tags"] = """{"tier":"1"}""",
            ["CreatedAt"] = key.CreatedAt,
            ["Disabled"] = false,
        });

    private static ClientKeyRecord New(int number) => new()
    {
        Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"key {number}"))),
        Name = $"team-{number}",
        Models = ["gpt-*", "fast"],
        Tags = new Dictionary<string, string> { ["tier"] = "1" },
        CreatedAt = TimeProvider.System.GetUtcNow(),
    };

    private static void Require(bool right)
    {
        if (!right)
        {
            throw new InvalidOperationException("What is found is not what was added.");
        }
    }
}
