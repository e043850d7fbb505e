using Lightport.Transport.Tokens;

namespace Lightport.Transport;

/// <summary>
/// One value that is fetched anew before its end and serves on meanwhile. One fetch is in flight; whoever waits for it
/// cannot cancel it, a limit of its own ends it.
/// </summary>
internal abstract class RefreshedValue<T>(TimeProvider time)
    where T : class
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FetchLimit = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private Known? _known;
    private Task<T?>? _fetch;

    /// <summary>What serves at present; null where nothing has come yet.</summary>
    public T? Current => Volatile.Read(ref _known)?.Value;

    protected TimeProvider Time => time;

    /// <summary>What it is, for errors.</summary>
    protected abstract string Name { get; }

    public ValueTask<T?> GetAsync(CancellationToken cancellationToken)
    {
        Known? known = Volatile.Read(ref _known);
        long now = time.GetTimestamp();
        if (known is null || now >= known.EndsAt)
        {
            return new(Fetch(known).WaitAsync(cancellationToken));
        }

        if (now >= known.RefreshAt)
        {
            _ = Fetch(known);
        }

        return new(known.Value);
    }

    /// <exception cref="SecretUnavailableException">It cannot be had just now.</exception>
    /// <exception cref="CredentialException">It cannot be had until somebody changes something.</exception>
    protected abstract ValueTask<Lease<T>> FetchAsync(CancellationToken limit);

    /// <summary>How long the last value serves on where no other could be fetched.</summary>
    /// <param name="left">What is left of its own time.</param>
    protected abstract TimeSpan Extended(TimeSpan left);

    private Task<T?> Fetch(Known? seen)
    {
        lock (_lock)
        {
            // Whoever saw the old value just before a fetch ended has that fetch's value here, not one more fetch.
            bool answered = _fetch is { IsCompleted: false } || !ReferenceEquals(seen, _known);
            return answered ? _fetch! : _fetch = RefreshAsync();
        }
    }

    private async Task<T?> RefreshAsync()
    {
        using var limit = new CancellationTokenSource(FetchLimit, time);
        try
        {
            Lease<T> lease = await FetchAsync(limit.Token).AsTask().WaitAsync(limit.Token).ConfigureAwait(false);
            Know(lease);
            return lease.Value;
        }
        catch (Exception e)
            when (e is SecretUnavailableException or CredentialException || limit.IsCancellationRequested)
        {
            if (_known is { Value: { } lastGood } known
                && Extended(time.GetElapsedTime(time.GetTimestamp(), known.EndsAt)) is var left
                && left > TimeSpan.Zero)
            {
                Know(new(lastGood, RetryAfter, left));
                return lastGood;
            }

            if (e is SecretUnavailableException or CredentialException)
            {
                throw;
            }

            throw new SecretUnavailableException(
                $"{Name} did not arrive within {FetchLimit.TotalSeconds:0} s. Try again, or see whether the place that "
                + "it comes from can be reached.");
        }
    }

    private void Know(Lease<T> lease)
    {
        long now = time.GetTimestamp();
        Volatile.Write(
            ref _known, new Known(lease.Value, now + Ticks(lease.RefreshAfter), now + Ticks(lease.Lifetime)));
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);

    private sealed record Known(T? Value, long RefreshAt, long EndsAt);
}
