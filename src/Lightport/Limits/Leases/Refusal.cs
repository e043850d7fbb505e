namespace Lightport.Limits.Leases;

/// <summary>
/// Remembers that there was not enough, so that whoever asks again and again costs the store nothing. What others give
/// back is looked for after a pause that doubles.
/// </summary>
internal sealed class Refusal(LimitPeriod period)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>What runs at the same time is soon free again, and a minute is soon over.</summary>
    private static readonly TimeSpan LongestOfShort = TimeSpan.FromSeconds(8);

    private long _until;
    private TimeSpan _pause = Shortest;

    /// <summary>Whether the last that was heard of the store was that there is too little for a request.</summary>
    public bool IsTheLast { get; private set; }

    public bool IsIn(long now) => now < _until;

    /// <param name="isShort">Whether a request waited for it; else only nothing could be taken ahead.</param>
    /// <param name="chance">Spreads those who were refused at the same moment.</param>
    public void Begin(long now, bool isShort, double chance)
    {
        IsTheLast = isShort;
        TimeSpan longest = period is LimitPeriod.Minute or LimitPeriod.WhileHeld ? LongestOfShort : Longest;
        _until = now + (long)(_pause.Ticks * (0.75 + (chance / 2)));
        _pause = _pause * 2 < longest ? _pause * 2 : longest;
    }

    /// <summary>Something came back here, with which the rest may be enough.</summary>
    public void Wake() => _until = 0;

    public void End() => (_until, _pause, IsTheLast) = (0, Shortest, false);
}
