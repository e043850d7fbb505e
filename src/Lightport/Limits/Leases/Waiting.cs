namespace Lightport.Limits.Leases;

/// <summary>What requests wait for, all together. Used with its counter's lock held.</summary>
internal sealed class Waiting
{
    private int _count;

    public long Sum { get; private set; }

    /// <summary>What the smallest of them waits for, or waited for that is gone while others still wait.</summary>
    public long Least { get; private set; }

    public bool IsNobody => _count == 0;

    public void Add(long amount)
    {
        Least = IsNobody ? amount : Math.Min(Least, amount);
        Sum += amount;
        _count++;
    }

    public void Remove(long amount)
    {
        Sum -= amount;
        _count--;
    }
}
