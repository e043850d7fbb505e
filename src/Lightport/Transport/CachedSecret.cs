namespace Lightport.Transport;

/// <summary>One name of a <see cref="CachedSecretSource"/>.</summary>
internal sealed class CachedSecret(string name, ISecretSource source, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan RefreshAfter = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan AbsenceLifetime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FetchLimit = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private Known? _known;
    private Task<string?>? _fetch;

    public ValueTask<string?> GetAsync(CancellationToken cancellationToken)
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

    private Task<string?> Fetch(Known? seen)
    {
        lock (_lock)
        {
            // Whoever saw the old value just before a fetch ended has that fetch's value here, not one more fetch.
            bool answered = _fetch is { IsCompleted: false } || !ReferenceEquals(seen, _known);
            return answered ? _fetch! : _fetch = FetchAsync();
        }
    }

    /// <summary>Serves every caller that waits, so none of them can cancel it; a limit of its own ends it.</summary>
    private async Task<string?> FetchAsync()
    {
        using var limit = new CancellationTokenSource(FetchLimit, time);
        try
        {
            string? stored = await source.GetAsync(name, limit.Token).AsTask().WaitAsync(limit.Token)
                .ConfigureAwait(false);

            // Whoever stored it out of a file stored the file's last line end too.
            string? value = stored?.Trim();
            Know(value, value is null ? AbsenceLifetime : RefreshAfter, value is null ? AbsenceLifetime : Lifetime);
            return value;
        }
        catch (Exception e) when (e is SecretUnavailableException || limit.IsCancellationRequested)
        {
            if (_known is { Value: { } lastGood })
            {
                Know(lastGood, RetryAfter, Lifetime);
                return lastGood;
            }

            throw e as SecretUnavailableException ?? new SecretUnavailableException(
                $"The secret '{name}' did not arrive within {FetchLimit.TotalSeconds:0} s. Try again, or see whether "
                + "the place that secrets come from can be reached.");
        }
    }

    private void Know(string? value, TimeSpan refreshAfter, TimeSpan lifetime)
    {
        long now = time.GetTimestamp();
        Volatile.Write(ref _known, new Known(value, now + Ticks(refreshAfter), now + Ticks(lifetime)));
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * time.TimestampFrequency);

    private sealed record Known(string? Value, long RefreshAt, long EndsAt);
}
