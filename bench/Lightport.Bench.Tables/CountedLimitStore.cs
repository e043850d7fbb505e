using Lightport.Storage;

namespace Lightport.Bench.Tables;

/// <summary>Counts what a store is asked.</summary>
internal sealed class CountedLimitStore(ILimitStore inner) : ILimitStore
{
    private int _operations;

    public int Operations => _operations;

    public ValueTask<LimitReading> ReadAsync(LimitPlace place, int number, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _operations);
        return inner.ReadAsync(place, number, cancellationToken);
    }

    public ValueTask<LimitReading> ReadAllAsync(LimitPlace place, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _operations);
        return inner.ReadAllAsync(place, cancellationToken);
    }

    public ValueTask<bool> WriteAsync(LimitPlace place, LimitRow row, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _operations);
        return inner.WriteAsync(place, row, cancellationToken);
    }
}
