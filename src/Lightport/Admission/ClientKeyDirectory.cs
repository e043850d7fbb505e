using System.Collections.Concurrent;
using Lightport.Storage;

namespace Lightport.Admission;

/// <summary>
/// The managed client keys that this instance has seen: each is asked for again after 60 s, absence after 10 s, so a
/// key that is changed, disabled or removed is so everywhere within a minute. One question a key is in flight. While
/// the store is away, keys that were seen go on serving, for a day unless it is set otherwise.
/// </summary>
/// <param name="outage">How long a seen key goes on admitting while its store says nothing; null for a day.</param>
internal sealed class ClientKeyDirectory(IClientKeyStore store, TimeProvider clock, TimeSpan? outage = null)
{
    /// <summary>Strangers choose what is looked up, so that there is an end to what is remembered.</summary>
    internal const int MostAbsent = 10_000;

    /// <summary>Of more keys than that, those are forgotten that nobody has used since they were to be asked for again.
    /// </summary>
    internal const int MostIdle = 20_000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AbsenceLifetime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan DefaultOutage = TimeSpan.FromHours(24);

    /// <summary>A store that hangs may hold up whoever asks with a known key for no longer than this.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<KeyHash, Seen> _seen = new();
    private readonly ConcurrentDictionary<KeyHash, Task<ClientKey?>> _asking = new();
    private readonly TimeSpan _outage = outage ?? DefaultOutage;
    private int _absent;
    private int _mostKnown = MostIdle;
    private volatile Failure? _failure;

    /// <summary>How many keys are remembered.</summary>
    public int Count => _seen.Count - Volatile.Read(ref _absent);

    /// <summary>
    /// Why the store could not be asked; null where it could, and a minute after the last who tried.
    /// </summary>
    public string? LastError =>
        _failure is { } failure && clock.GetElapsedTime(failure.At) < Lifetime ? failure.Reason : null;

    /// <summary>The key of a hash, or null; without waiting where it is remembered.</summary>
    /// <exception cref="StoreException">The store is away, and the key was not seen before.</exception>
    public ValueTask<ClientKey?> FindAsync(in KeyHash hash, CancellationToken cancellationToken)
    {
        if (_seen.TryGetValue(hash, out Seen? seen) && clock.GetTimestamp() < seen.EndsAt)
        {
            return new(seen.Key);
        }

        return seen?.Key is null
            ? new(AskOnce(hash).WaitAsync(cancellationToken))
            : new(AskAgainAsync(hash, seen, cancellationToken));
    }

    /// <summary>A key was changed here: it is asked for anew at its next use.</summary>
    public void Forget(in KeyHash hash)
    {
        // The last good value goes too: a key that was removed here must not come back because the store is away.
        if (_seen.TryRemove(hash, out Seen? seen) && seen.Key is null)
        {
            Interlocked.Decrement(ref _absent);
        }

        // A question that is under way may bring the state before the change.
        _asking.TryRemove(hash, out _);
    }

    /// <summary>The answer if it comes soon, else what was known, while the question goes on.</summary>
    private async Task<ClientKey?> AskAgainAsync(KeyHash hash, Seen seen, CancellationToken cancellationToken)
    {
        try
        {
            return await AskOnce(hash).WaitAsync(Patience, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException) when (StillAdmits(seen))
        {
            // Those who come next do not wait at all, for a while; what the store says counts when it says it.
            _seen.TryUpdate(hash, seen with { EndsAt = EndOf(RetryAfter) }, seen);
            return seen.Key;
        }
        catch (TimeoutException e)
        {
            throw new StoreException(
                StoreFailure.Unavailable, "The store of client keys has not answered for too long.", e);
        }
    }

    /// <summary>Serves every caller that waits, so that none can cancel it; the store's time limits end it.</summary>
    private Task<ClientKey?> AskOnce(KeyHash hash)
    {
        if (_asking.TryGetValue(hash, out Task<ClientKey?>? under))
        {
            return under;
        }

        var answer = new TaskCompletionSource<ClientKey?>(TaskCreationOptions.RunContinuationsAsynchronously);
        under = _asking.GetOrAdd(hash, answer.Task);
        if (under == answer.Task)
        {
            _ = AnswerAsync(hash, answer);
        }

        return under;
    }

    private async Task AnswerAsync(KeyHash hash, TaskCompletionSource<ClientKey?> answer)
    {
        try
        {
            ClientKeyRecord? record = await store.FindAsync(hash.ToString(), CancellationToken.None)
                .ConfigureAwait(false);
            ClientKey? key = record is null ? null : ClientKey.From(record);
            _failure = null;
            if (_asking.TryRemove(new(hash, answer.Task)))
            {
                Remember(hash, new Seen(
                    key, EndOf(key is null ? AbsenceLifetime : Lifetime), clock.GetTimestamp()));
            }

            answer.SetResult(key);
        }
        catch (Exception e)
        {
            string reason = e is StoreException ? e.Message : $"The store of client keys failed ({e.GetType().Name}).";
            _failure = new Failure(reason, clock.GetTimestamp());
            _asking.TryRemove(new(hash, answer.Task));
            Fail(hash, answer, e);
        }
    }

    private void Fail(KeyHash hash, TaskCompletionSource<ClientKey?> answer, Exception e)
    {
        if (_seen.TryGetValue(hash, out Seen? last) && last.Key is not null && StillAdmits(last))
        {
            Remember(hash, last with { EndsAt = EndOf(RetryAfter) });
            answer.SetResult(last.Key);
        }
        else
        {
            answer.SetException(e);
        }
    }

    /// <summary>Whether what the store last said of a key is young enough to count while it says nothing.</summary>
    private bool StillAdmits(Seen seen) => clock.GetElapsedTime(seen.ToldAt) < _outage;

    private void Remember(KeyHash hash, Seen seen)
    {
        bool wasAbsent = _seen.TryGetValue(hash, out Seen? before) && before.Key is null;
        _seen[hash] = seen;
        int change = (seen.Key is null ? 1 : 0) - (wasAbsent ? 1 : 0);
        if (Interlocked.Add(ref _absent, change) > MostAbsent)
        {
            ForgetAbsent();
        }

        if (seen.Key is not null && before?.Key is null && Count > Volatile.Read(ref _mostKnown))
        {
            ForgetIdle();
        }
    }

    private long EndOf(TimeSpan lifetime) =>
        clock.GetTimestamp() + (long)(lifetime.TotalSeconds * clock.TimestampFrequency);

    private void ForgetAbsent()
    {
        foreach ((KeyHash hash, Seen seen) in _seen)
        {
            if (seen.Key is null && _seen.TryRemove(new KeyValuePair<KeyHash, Seen>(hash, seen)))
            {
                Interlocked.Decrement(ref _absent);
            }
        }
    }

    /// <summary>
    /// There may be millions of keys, and memory is for those in use. It is looked through again when there are twice
    /// as many as are in use now.
    /// </summary>
    private void ForgetIdle()
    {
        long now = clock.GetTimestamp();
        foreach ((KeyHash hash, Seen seen) in _seen)
        {
            if (seen.Key is not null && seen.EndsAt <= now)
            {
                _seen.TryRemove(new KeyValuePair<KeyHash, Seen>(hash, seen));
            }
        }

        Volatile.Write(ref _mostKnown, Math.Max(MostIdle, 2 * Count));
    }

    /// <param name="Key">Null for absence.</param>
    /// <param name="EndsAt">When to ask again.</param>
    /// <param name="ToldAt">When the store said so.</param>
    private sealed record Seen(ClientKey? Key, long EndsAt, long ToldAt);

    private sealed record Failure(string Reason, long At);
}
