namespace Lightport.Transport.Body;

/// <summary>A part of a <see cref="BodyBudget"/>: so many bytes, and how many of them are taken.</summary>
internal sealed class BodyShare
{
    private readonly long _limit;
    private readonly BodyShare? _whole;
    private long _taken;

    public BodyShare(long limit) => _limit = limit;

    /// <summary>
    /// One caller's: at most half of what the others leave of the whole, so that there is always as much again for the
    /// next, and several keys of one hand take three quarters, seven eighths, never all. One small body it may always
    /// have, as long as the whole has room.
    /// </summary>
    public BodyShare(BodyShare whole) => (_limit, _whole) = (whole._limit, whole);

    /// <exception cref="BodyBudgetException">There is not so much left.</exception>
    public void Take(long length)
    {
        // The whole first: what it has in excess of this one's is then never less than the others'.
        _whole?.Take(length);
        if (Interlocked.Add(ref _taken, length) > Most)
        {
            Give(length);
            throw new BodyBudgetException(passes: length <= _limit);
        }
    }

    public void Give(long length)
    {
        Interlocked.Add(ref _taken, -length);
        _whole?.Give(length);
    }

    private long Taken => Interlocked.Read(ref _taken);

    private long Most => _whole is null
        ? _limit
        : Math.Max((_limit - (_whole.Taken - Taken)) / 2, BodyBudget.LargestSmall);
}
