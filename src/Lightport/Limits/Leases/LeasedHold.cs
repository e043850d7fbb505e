namespace Lightport.Limits.Leases;

/// <summary>What one request holds of an instance's lease.</summary>
/// <param name="window">The one that it is held of; it may be over when the request ends.</param>
internal sealed class LeasedHold(LeasedCounter counter, LimitWindow window, long amount) : LimitHold
{
    private const long Settled = -1;

    private long _held = amount;

    public override long Held => Math.Max(0, Interlocked.Read(ref _held));

    public override void Shrink(long amount)
    {
        long wanted = Math.Max(0, amount);
        long held = Interlocked.Read(ref _held);
        while (wanted < held)
        {
            long seen = Interlocked.CompareExchange(ref _held, wanted, held);
            if (seen == held)
            {
                counter.Settle(window, held - wanted, 0);
                return;
            }

            held = seen;
        }
    }

    public override void Settle(long used)
    {
        long held = Interlocked.Exchange(ref _held, Settled);
        if (held != Settled)
        {
            counter.Settle(window, held, Math.Max(0, used));
        }
    }
}
