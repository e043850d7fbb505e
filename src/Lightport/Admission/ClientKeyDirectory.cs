using System.Collections.Concurrent;
using Lightport.Storage;

namespace Lightport.Admission;

/// <summary>
/// The managed client keys that this instance has seen: each is asked for again after 60 s, absence after 10 s, so a
/// key that is changed, disabled or removed is so everywhere within a minute. One question a key is in flight. While
/// the store is away, keys that were seen go on serving.
/// </summary>
public sealed class ClientKeyDirectory(IClientKeyStore store, TimeProvider clock)
{
    /// <summary>Strangers choose what is looked up, so that there is an end to what is remembered.</summary>
    internal const int MostAbsent = 10_000;

    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan AbsenceLifetime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<KeyHash, Seen> _seen = new();
    private readonly ConcurrentDictionary<KeyHash, Task<ClientKey?>> _asking = new();
    private int _absent;
    private volatile string? _lastError;

    /// <summary>How many keys are remembered.</summary>
    public int Count => _seen.Count - Volatile.Read(ref _absent);

    /// <summary>Why the store could not be asked last time; null where it could.</summary>
    public string? LastError => _lastError;

    /// <summary>The key of a hash, or null; without waiting where it is remembered.</summary>
    /// <exception cref="StoreException">The store is away, and the key was not seen before.</exception>
    public ValueTask<ClientKey?> FindAsync(in KeyHash hash, CancellationToken cancellationToken) =>
        _seen.TryGetValue(hash, out Seen? seen) && clock.GetTimestamp() < seen.EndsAt
            ? new(seen.Key)
            : new(AskOnce(hash).WaitAsync(cancellationToken));

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
            _lastError = null;
            if (_asking.TryRemove(new(hash, answer.Task)))
            {
                Remember(hash, key, key is null ? AbsenceLifetime : Lifetime);
            }

            answer.SetResult(key);
        }
        catch (Exception e)
        {
            _lastError = e is StoreException ? e.Message : $"The store of client keys failed ({e.GetType().Name}).";
            _asking.TryRemove(new(hash, answer.Task));
            Fail(hash, answer, e);
        }
    }

    private void Fail(KeyHash hash, TaskCompletionSource<ClientKey?> answer, Exception e)
    {
        if (_seen.TryGetValue(hash, out Seen? last) && last.Key is not null)
        {
            Remember(hash, last.Key, RetryAfter);
            answer.SetResult(last.Key);
        }
        else
        {
            answer.SetException(e);
        }
    }

    private void Remember(KeyHash hash, ClientKey? key, TimeSpan lifetime)
    {
        long endsAt = clock.GetTimestamp() + (long)(lifetime.TotalSeconds * clock.TimestampFrequency);
        bool wasAbsent = _seen.TryGetValue(hash, out Seen? before) && before.Key is null;
        _seen[hash] = new Seen(key, endsAt);
        int change = (key is null ? 1 : 0) - (wasAbsent ? 1 : 0);
        if (Interlocked.Add(ref _absent, change) > MostAbsent)
        {
            ForgetAbsent();
        }
    }

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

    private sealed record Seen(ClientKey? Key, long EndsAt);
}
