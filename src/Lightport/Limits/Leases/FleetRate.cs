namespace Lightport.Limits.Leases;

/// <summary>
/// What all instances together take of a counter a second, by what was taken from one look to the next.
/// </summary>
internal sealed class FleetRate
{
    /// <summary>Two looks that are closer together tell nothing.</summary>
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.5);

    private LimitWindow _window;
    private long _taken;
    private DateTimeOffset _at;
    private double? _rate;

    /// <summary>Null where nothing is known of it.</summary>
    public double? At(LimitWindow window, long taken, DateTimeOffset at)
    {
        TimeSpan passed = at - new DateTimeOffset(window.Start, TimeSpan.Zero);
        if (passed < TimeSpan.Zero)
        {
            // Of a window that has not begun the present one says the most.
            return _rate;
        }

        if (_window != window)
        {
            // What was taken in the course of a minute says something of the present; of a month it does not.
            _rate = window.Period == LimitPeriod.Minute && passed >= Shortest ? taken / passed.TotalSeconds : _rate;
            (_window, _taken, _at) = (window, taken, at);
        }
        else if (at - _at >= Shortest)
        {
            _rate = (taken - _taken) / (at - _at).TotalSeconds;
            (_taken, _at) = (taken, at);
        }

        return _rate;
    }
}
