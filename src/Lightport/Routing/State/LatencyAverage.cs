namespace Lightport.Routing.State;

/// <summary>
/// How long a target takes, as a moving average that jumps to a peak at once and comes down from it with a time
/// constant (Finagle's peak EWMA, https://twitter.github.io/finagle/guide/Clients.html#load-balancing). Without a lock:
/// the average and its moment are one number.
/// </summary>
internal sealed class LatencyAverage
{
    /// <summary>In this time an average comes down by two thirds of the way to what is measured.</summary>
    public static readonly TimeSpan TimeConstant = TimeSpan.FromSeconds(10);

    /// <summary>
    /// In this time without a measurement two thirds of an average are forgotten. Long beside the other: where few ask,
    /// the quick must not seem the slower for having been asked last.
    /// </summary>
    public static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(2);

    // Above, the average in microseconds, at most 71 minutes; below, the moment in milliseconds, which turns over after
    // 49 days: of an average that is older than that some is kept where all should go. Zero where nothing was measured.
    private long _state;

    /// <summary>Null where nothing was measured.</summary>
    public TimeSpan? Value =>
        Volatile.Read(ref _state) is not 0 and long state ? TimeSpan.FromMicroseconds(Microseconds(state)) : null;

    /// <summary>
    /// What is to be expected after a silence: less and less, so that who was slow once is tried again. In
    /// milliseconds; null where nothing was measured.
    /// </summary>
    /// <param name="now">In milliseconds, from any beginning.</param>
    public double? Expected(long now) => Volatile.Read(ref _state) is not 0 and long state
        ? Microseconds(state) / 1000.0 * Kept(Age(state, now), Forgotten)
        : null;

    /// <param name="now">In milliseconds, from any beginning.</param>
    public void Add(TimeSpan took, long now) => Change(took, now, falls: true);

    /// <summary>An attempt came to nothing after this long: it would have taken at least that.</summary>
    public void AddAtLeast(TimeSpan took, long now) => Change(took, now, falls: false);

    private void Change(TimeSpan took, long now, bool falls)
    {
        double measured = Math.Clamp(took.TotalMicroseconds, 1, uint.MaxValue);
        long before;
        long after;
        do
        {
            before = Volatile.Read(ref _state);
            double average = Microseconds(before);
            if (measured < average && !falls)
            {
                return;
            }

            after = Pack(measured < average ? Fall(average, measured, Age(before, now)) : measured, now);
        }
        while (Interlocked.CompareExchange(ref _state, after, before) != before);
    }

    private static double Fall(double average, double measured, uint milliseconds)
    {
        double kept = Kept(milliseconds, TimeConstant);
        return (average * kept) + (measured * (1 - kept));
    }

    private static uint Age(long state, long now) => unchecked((uint)now - (uint)state);

    private static double Kept(uint milliseconds, TimeSpan constant) =>
        Math.Exp(-milliseconds / constant.TotalMilliseconds);

    private static uint Microseconds(long state) => (uint)(state >>> 32);

    private static long Pack(double microseconds, long now) => ((long)(uint)microseconds << 32) | (uint)now;
}
