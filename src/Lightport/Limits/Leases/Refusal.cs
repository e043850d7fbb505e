namespace Lightport.Limits.Leases;

/// <summary>
/// Remembers that there was not enough, so that whoever asks again and again costs the store nothing. What others give
/// back is looked for after a pause that doubles.
/// </summary>
internal sealed class Refusal(LimitPeriod period)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>A minute is soon over.</summary>
    private static readonly TimeSpan LongestOfMinute = TimeSpan.FromSeconds(4);

    /// <summary>What runs at the same time is free again at any moment.</summary>
    private static readonly TimeSpan ShortestOfHeld = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan LongestOfHeld = TimeSpan.FromSeconds(2);

    private readonly (TimeSpan Shortest, TimeSpan Longest) _pauses = period switch
    {
        LimitPeriod.WhileHeld => (ShortestOfHeld, LongestOfHeld),
        LimitPeriod.Minute => (Shortest, LongestOfMinute),
        _ => (Shortest, Longest),
    };

    private long _until;
    private TimeSpan? _pause;

    /// <summary>Whether the last that was heard of the store was that there is too little for a request.</summary>
    public bool IsTheLast { get; private set; }

    public bool IsIn(long now) => now < _until;

    /// <param name="isShort">Whether a request waited for it; else only nothing could be taken ahead.</param>
    /// <param name="chance">Spreads those who were refused at the same moment.</param>
    public void Begin(long now, bool isShort, double chance)
    {
        IsTheLast = isShort;
        TimeSpan pause = _pause ?? _pauses.Shortest;
        _until = now + (long)(pause.Ticks * (0.75 + (chance / 2)));
        _pause = pause * 2 < _pauses.Longest ? pause * 2 : _pauses.Longest;
    }

    /// <summary>Something came back here, with which the rest may be enough.</summary>
    public void Wake() => _until = 0;

    public void End() => (_until, _pause, IsTheLast) = (0, null, false);
}
