using Microsoft.Extensions.Logging;

namespace Lightport.Admission.Identity;

/// <summary>
/// An issuer's keys as this instance knows them: asked for anew after an hour behind whoever comes by, and at once when
/// a token names one that is not among them, but never twice within 30 s: whoever makes up names makes no traffic. One
/// question is in flight. While the issuer is away its last good keys go on serving, for a while.
/// </summary>
/// <param name="outage">How long keys go on serving once they should have been asked for anew.</param>
internal sealed class IssuerKeys(
    TrustedIssuer issuer, KeySetSource source, TimeProvider clock, TimeSpan outage, ILogger logger)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    /// <summary>Shorter while none are known, for until then nobody comes in.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock _lock = new();
    private volatile Known? _known;
    private Task? _asking;
    private long _askedAt;
    private volatile string? _lastError;

    /// <summary>Why its keys could not be had when it was last asked; null where they could.</summary>
    public string? LastError => _lastError;

    /// <summary>The keys that count now; null where none are known, or the last are too old.</summary>
    public KeySet? Current
    {
        get
        {
            if (_known is not { } known)
            {
                return null;
            }

            TimeSpan age = clock.GetElapsedTime(known.ReadAt);
            if (age >= Lifetime)
            {
                _ = AskOnce();
            }

            return age < Lifetime + outage ? known.Keys : null;
        }
    }

    /// <summary>The keys that count after asking for them anew, where that is not too soon.</summary>
    public async ValueTask<KeySet?> RefreshAsync(CancellationToken cancellationToken)
    {
        await AskOnce().WaitAsync(cancellationToken).ConfigureAwait(false);
        return Current;
    }

    private Task AskOnce()
    {
        lock (_lock)
        {
            bool tooSoon = _asking is not null
                && clock.GetElapsedTime(_askedAt) < (_known is null ? FirstPause : Pause);
            return _asking is { IsCompleted: false } || tooSoon ? _asking! : _asking = AskAsync();
        }
    }

    /// <summary>Fails never: what went wrong is in the log, and the last good keys in force.</summary>
    private async Task AskAsync()
    {
        _askedAt = clock.GetTimestamp();
        using var patience = new CancellationTokenSource(Patience, clock);
        try
        {
            KeySet keys = await source.ReadAsync(issuer, patience.Token).WaitAsync(patience.Token)
                .ConfigureAwait(false);

            // What says the same is the same, so that tokens verified by it need not be verified anew.
            _known = new Known(_known?.Keys is { } old && old.Text == keys.Text ? old : keys, clock.GetTimestamp());
            if (_lastError is not null)
            {
                _lastError = null;
                logger.IssuerBack(issuer.Name);
            }
        }
        catch (Exception e)
        {
            _lastError = patience.IsCancellationRequested ? "it took longer than 10 s" : e.Message;
            logger.IssuerAway(issuer.Name, _lastError);
        }
    }

    private sealed record Known(KeySet Keys, long ReadAt);
}
