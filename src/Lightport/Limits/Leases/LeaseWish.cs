namespace Lightport.Limits.Leases;

/// <summary>What an instance would have of a counter.</summary>
/// <param name="Need">What requests wait for; more may be taken, and less only where there is not so much.</param>
/// <param name="Least">What the smallest of them waits for: less is of no use to anybody.</param>
/// <param name="Rate">What it asks for a second.</param>
/// <param name="Ahead">For how long it would take ahead.</param>
/// <param name="MostAhead">No more beyond the need than so much.</param>
/// <param name="Total">What it has already.</param>
internal readonly record struct LeaseWish(
    long Need, long Least, double Rate, TimeSpan Ahead, long MostAhead, long Total);
