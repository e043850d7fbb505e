using System.Collections.Concurrent;
using Lightport.Storage;

namespace Lightport.Tests.Storage;

/// <summary>Answers in memory; it can be told to fail.</summary>
internal sealed class MemoryResponses : IResponseStore
{
    public ConcurrentDictionary<(string Owner, string Id), StoredResponse> All { get; } = new();

    public bool Fails { get; set; }

    public ValueTask WriteAsync(StoredResponse response, CancellationToken cancellationToken)
    {
        if (Fails)
        {
            throw new StoreException(StoreFailure.Unavailable, "away");
        }

        All[(response.Owner, response.Id)] = response;
        return ValueTask.CompletedTask;
    }

    public ValueTask<StoredResponse?> FindAsync(string owner, string id, CancellationToken cancellationToken) =>
        new(All.GetValueOrDefault((owner, id)));

    public ValueTask<bool> RemoveAsync(string owner, string id, CancellationToken cancellationToken) =>
        new(All.TryRemove((owner, id), out _));
}
