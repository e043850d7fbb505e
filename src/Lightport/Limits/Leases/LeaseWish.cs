namespace Lightport.Limits.Leases;

/// <summary>What an instance would have of a counter.</summary>
/// <param name="Need">What requests wait for; less is taken only where there is not so much.</param>
/// <param name="Least">What the smallest of them waits for: less is of no use to anybody.</param>
/// <param name="Slice">What it would take, where there is plenty; the need is a part of it.</param>
/// <param name="Total">What it has already.</param>
internal readonly record struct LeaseWish(long Need, long Least, long Slice, long Total)
{
    /// <param name="ahead">How much to have ahead; null where a part of what is in use is enough.</param>
    public static LeaseWish Of(Waiting waiting, Lease lease, double? ahead)
    {
        long need = Math.Max(0, waiting.Sum - lease.Free);
        long total = lease.Free + lease.Held;
        return new LeaseWish(
            need,
            Math.Max(1, waiting.Least - Math.Max(0, lease.Free)),
            ahead is { } wanted ? (long)wanted : need + (total / 4),
            total);
    }
}
