namespace Lightport.Transport.Body;

/// <summary>A part of a <see cref="BodyBudget"/>: so many bytes, and how many of them are taken.</summary>
internal sealed class BodyShare(long limit)
{
    private long _taken;

    /// <exception cref="BodyBudgetException">There is not so much left.</exception>
    public void Take(int length)
    {
        if (Interlocked.Add(ref _taken, length) > limit)
        {
            Give(length);
            throw new BodyBudgetException(length <= limit);
        }
    }

    public void Give(int length) => Interlocked.Add(ref _taken, -length);
}
