namespace Lightport.Routing.State;

/// <summary>How many tokens come a second, of late: each answer counts for a fifth of what is known.</summary>
internal sealed class ThroughputAverage
{
    private const double Share = 0.2;

    private double _value = double.NaN;

    /// <summary>Null where nothing was measured.</summary>
    public double? Value => Volatile.Read(ref _value) is var value && double.IsNaN(value) ? null : value;

    public void Add(long tokens, TimeSpan took)
    {
        if (tokens <= 0 || took <= TimeSpan.Zero)
        {
            return;
        }

        double measured = tokens / took.TotalSeconds;
        double before, after;
        do
        {
            before = Volatile.Read(ref _value);
            after = double.IsNaN(before) ? measured : before + (Share * (measured - before));
        }
        while (!Interlocked.CompareExchange(ref _value, after, before).Equals(before));
    }
}
