using Lightport.Routing.State;
using Lightport.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Lightport.Exchanges.Health;

/// <summary>
/// Tells other instances of breakers that opened here, and opens here those that opened there: an instance that has
/// just begun need not fail five requests to learn what all others know.
/// <list type="number">
/// <item>Looks at the one row every 10 s, or after 5 s where a breaker opened or closed here meanwhile.</item>
/// <item>Opens what it names, but for targets that have answered here since.</item>
/// <item>Writes it only where it lacks what opened here, or still has what was found to be back.</item>
/// </list>
/// A store that is away costs nothing but this: each instance knows what it knew.
/// </summary>
/// <param name="store">Null where there is none: nothing is shared.</param>
/// <param name="random">From 0 to 1; spreads the instances' looks.</param>
internal sealed partial class SharedBreakers(
    IHealthStore? store,
    TargetStates states,
    TimeProvider clock,
    Func<double> random,
    ILogger<SharedBreakers> logger) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(5);

    private HashSet<OpenBreaker> _told = [];
    private bool _looked;
    private string? _lastError;

    /// <summary>The first look, before the doors open: whatever comes of it.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await SyncAsync(cancellationToken).ConfigureAwait(false);
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Looks at the row, and writes it where something is to be told.</summary>
    public async ValueTask SyncAsync(CancellationToken cancellationToken)
    {
        if (store is null)
        {
            return;
        }

        try
        {
            await ExchangeAsync(store, cancellationToken).ConfigureAwait(false);
            _lastError = null;
        }
        catch (StoreException e)
        {
            if (_lastError != e.Message)
            {
                _lastError = e.Message;
                NotShared(logger, e.Message);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (store is not null)
            {
                await Task.Delay(Tick * (0.8 + (0.4 * random())), clock, stoppingToken).ConfigureAwait(false);
                _looked = !_looked;
                if (!_looked || !_told.SetEquals(states.OpenedHere()))
                {
                    await SyncAsync(stoppingToken).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async ValueTask ExchangeAsync(IHealthStore shared, CancellationToken cancellationToken)
    {
        HealthNote? note = await shared.ReadAsync(cancellationToken).ConfigureAwait(false);
        DateTimeOffset now = clock.GetUtcNow();
        List<OpenBreaker> known =
            [.. OpenBreakerText.Read(note?.Text ?? "[]").Where(open => open.Until > now && open.OpenedAt <= now)];
        foreach (OpenBreaker open in known)
        {
            states.Tell(open);
        }

        HashSet<OpenBreaker> here = [.. states.OpenedHere()];
        int back = known.RemoveAll(states.IsBack);
        List<OpenBreaker> news = [.. here.Where(open => !_told.Contains(open) && !IsSaid(open, known, now))];
        bool written = true;
        if (back + news.Count > 0)
        {
            known.RemoveAll(open => news.Exists(other => other.Target == open.Target));
            written = await shared
                .TryWriteAsync(OpenBreakerText.Write([.. news, .. known]), note?.Tag, cancellationToken)
                .ConfigureAwait(false);
        }

        // Where another instance wrote first, it may have said the same: that is looked at the next time.
        _told = written ? here : _told;
    }

    /// <summary>
    /// It stands there for half of the time that is left at least: where all instances go on failing at a target, each
    /// of their failures lengthens the time a little, and not each is worth a writing.
    /// </summary>
    private static bool IsSaid(OpenBreaker open, List<OpenBreaker> known, DateTimeOffset now) =>
        known.Exists(other => other.Target == open.Target && (other.Until - now) * 2 >= open.Until - now);

    [LoggerMessage(
        14, LogLevel.Warning, "Which targets fail could not be shared with other instances: {Reason}")]
    private static partial void NotShared(ILogger logger, string reason);
}
