using Lightport.Storage;

namespace Lightport.Tests.Storage;

/// <summary>Keys that a test gives and takes away; each question may wait for the test.</summary>
internal sealed class MemoryKeys : IClientKeyStore
{
    private readonly Dictionary<string, ClientKeyRecord> _keys = [];

    /// <summary>What every call fails with; null while the store is there.</summary>
    public StoreException? Fault { get; set; }

    /// <summary>Questions wait for this.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public List<string> Asked { get; } = [];

    public void Put(ClientKeyRecord key) => _keys[key.Hash] = key;

    public void Clear() => _keys.Clear();

    public async ValueTask<ClientKeyRecord?> FindAsync(string hash, CancellationToken cancellationToken)
    {
        Asked.Add(hash);
        ClientKeyRecord? found = _keys.GetValueOrDefault(hash);
        await Gate;
        return Fault is null ? found : throw Fault;
    }

    public ValueTask<ClientKeyRecord?> FindByIdAsync(string id, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<ClientKeyPage> ListAsync(int limit, string? after, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask AddAsync(ClientKeyRecord key, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask UpdateAsync(ClientKeyRecord key, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<bool> RemoveAsync(string id, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
