namespace Lightport.Transport.Body;

/// <summary>A part of a <see cref="BodyBudget"/>: so many bytes, and how many of them are taken.</summary>
/// <param name="whole">The share that this one is a part of, which answers too; null where it is none's.</param>
internal sealed class BodyShare(long limit, BodyShare? whole = null)
{
    private long _taken;

    public long Limit => limit;

    /// <exception cref="BodyBudgetException">There is not so much left.</exception>
    public void Take(long length)
    {
        if (Interlocked.Add(ref _taken, length) > limit)
        {
            Interlocked.Add(ref _taken, -length);
            throw new BodyBudgetException(length <= limit);
        }

        try
        {
            whole?.Take(length);
        }
        catch (BodyBudgetException)
        {
            Interlocked.Add(ref _taken, -length);
            throw;
        }
    }

    public void Give(long length)
    {
        Interlocked.Add(ref _taken, -length);
        whole?.Give(length);
    }
}
