namespace Lightport.Limits.Leases;

/// <summary>
/// Remembers that there was not enough, so that whoever asks again and again costs the store nothing. What others give
/// back is looked for after a pause that doubles. Whoever asks for less than those who were refused is none of its.
/// </summary>
internal sealed class Refusal(LimitPeriod period)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(8);

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
    private long _least;

    /// <summary>Whether the last that was heard of the store was that there is too little for a request.</summary>
    public bool IsTheLast { get; private set; }

    /// <summary>How often there was not enough.</summary>
    public int Count { get; private set; }

    /// <summary>Whether so much is known not to be there.</summary>
    public bool IsIn(long now, long amount) => now < _until && amount >= _least;

    /// <param name="isShort">Whether a request waited for it; else only nothing could be taken ahead.</param>
    /// <param name="chance">Spreads those who were refused at the same moment.</param>
    public void Begin(long now, bool isShort, double chance)
    {
        IsTheLast = isShort;
        Count++;
        _least = isShort ? long.MaxValue : 0;
        TimeSpan pause = _pause ?? _pauses.Shortest;
        _until = now + (long)(pause.Ticks * (0.75 + (chance / 2)));
        _pause = pause * 2 < _pauses.Longest ? pause * 2 : _pauses.Longest;
    }

    /// <summary>A request that waits looks again: where there is too little for it, it is remembered too.</summary>
    /// <param name="since">The count when it began to wait: what was found before is none of its.</param>
    public void Include(long amount, long left, int since)
    {
        if (amount > left && Count != since)
        {
            _least = Math.Min(_least, amount);
        }
    }

    /// <summary>Somebody got what he asked for. Those who need more than is left do not look again at once.</summary>
    public void Ease(long left)
    {
        (_pause, IsTheLast) = (null, false);
        _until = left >= _least ? 0 : _until;
    }

    /// <summary>Something came back here, with which the rest may be enough.</summary>
    public void Wake() => _until = 0;

    public void End() => (_until, _pause, IsTheLast) = (0, null, false);
}
