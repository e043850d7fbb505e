using Lightport.Storage;

namespace Lightport.Tests.Audit;

/// <summary>Append blobs in memory.</summary>
internal sealed class MemoryBlobs : IAppendBlobs
{
    private readonly Dictionary<string, byte[]> _blobs = [];

    /// <summary>So many times what is appended is kept, and its writer told of a failure.</summary>
    public int LosesAnswers { get; set; }

    public IEnumerable<(string Name, byte[] Bytes)> All => _blobs.Select(blob => (blob.Key, blob.Value));

    public void RemoveAll() => _blobs.Clear();

    public ValueTask CreateAsync(string container, string name, CancellationToken cancellationToken)
    {
        _blobs.TryAdd($"{container}/{name}", []);
        return ValueTask.CompletedTask;
    }

    public ValueTask AppendAsync(
        string container,
        string name,
        long position,
        ReadOnlyMemory<byte> bytes,
        CancellationToken cancellationToken)
    {
        string blob = $"{container}/{name}";
        if (!_blobs.TryGetValue(blob, out byte[]? written))
        {
            throw new StoreException(StoreFailure.Damaged, "somebody has removed the blob");
        }

        if (written.Length == position)
        {
            _blobs[blob] = [.. written, .. bytes.Span];
        }

        Assert.True(position + bytes.Length <= _blobs[blob].Length);
        return LosesAnswers-- > 0
            ? throw new StoreException(StoreFailure.Unavailable, "the answer was lost")
            : ValueTask.CompletedTask;
    }
}
