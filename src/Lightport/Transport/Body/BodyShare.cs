namespace Lightport.Transport.Body;

/// <summary>A part of a <see cref="BodyBudget"/>: so many bytes, and how many of them are taken.</summary>
internal sealed class BodyShare
{
    private readonly long _limit;
    private readonly BodyShare? _whole;
    private readonly double _part = 1;
    private long _taken;

    public BodyShare(long limit) => _limit = limit;

    /// <summary>
    /// One caller's: at most a part of what the others leave of the whole, so that there is always something for the
    /// next, and several keys of one hand never take all. One small body it may always have, as long as the whole has
    /// room.
    /// </summary>
    /// <param name="part">Below 1.</param>
    public BodyShare(BodyShare whole, double part) => (_limit, _whole, _part) = (whole._limit, whole, part);

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
        : Math.Max((long)((_limit - (_whole.Taken - Taken)) * _part), BodyBudget.LargestSmall);
}
