using System.Collections.Concurrent;
using Lightport.Storage;

namespace Lightport.Tests.Storage;

/// <summary>Whose ids are, in memory; it can be told to fail, or never to end.</summary>
internal sealed class MemoryResponseIds : IResponseIdStore
{
    public ConcurrentDictionary<(string Owner, string Id), ResponseIdRecord> All { get; } = new();

    public bool Fails { get; set; }

    /// <summary>What is to be added waits for this.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public async ValueTask AddAsync(IReadOnlyList<ResponseIdRecord> ids, CancellationToken cancellationToken)
    {
        Check();
        await Gate.WaitAsync(cancellationToken);
        foreach (ResponseIdRecord record in ids)
        {
            All[(record.Owner, record.Id)] = record;
        }
    }

    public ValueTask<ResponseIdRecord?> FindAsync(string owner, string id, CancellationToken cancellationToken)
    {
        Check();
        return new(All.GetValueOrDefault((owner, id)));
    }

    private void Check()
    {
        if (Fails)
        {
            throw new StoreException(StoreFailure.Unavailable, "away");
        }
    }
}
