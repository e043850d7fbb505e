namespace Lightport.Exchanges;

/// <summary>A request's time and whose it was. It may be asked at any moment, also while a phase lasts.</summary>
internal sealed class ExchangeTime(TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly long _started = clock.GetTimestamp();
    private ExchangePhase _phase;
    private long _entered;
    private TimeSpan _provider;
    private TimeSpan _pause;

    public TimeSpan Elapsed => clock.GetElapsedTime(_started);

    /// <summary>Spent waiting for providers, up to the first content of an answer that is streamed.</summary>
    public TimeSpan Provider => _provider + Running(ExchangePhase.Provider);

    /// <summary>The gateway's own: neither a provider nor a pause before another attempt.</summary>
    public TimeSpan Overhead => Elapsed - Provider - _pause - Running(ExchangePhase.Pause);

    public void Enter(ExchangePhase phase)
    {
        // Two attempts of one request may be under way at once.
        lock (_lock)
        {
            if (phase == _phase)
            {
                return;
            }

            long now = clock.GetTimestamp();
            _provider += Running(ExchangePhase.Provider, now);
            _pause += Running(ExchangePhase.Pause, now);
            (_phase, _entered) = (phase, now);
        }
    }

    private TimeSpan Running(ExchangePhase phase) =>
        _phase == phase ? clock.GetElapsedTime(_entered) : TimeSpan.Zero;

    private TimeSpan Running(ExchangePhase phase, long now) =>
        _phase == phase ? clock.GetElapsedTime(_entered, now) : TimeSpan.Zero;
}
