using Lightport.Bench.Routing.Clock;

namespace Lightport.Bench.Limits.Fleet;

/// <summary>An instance's own clock: wrong, sometimes set, and stopped for good where its instance is killed.</summary>
internal sealed class InstanceTime(VirtualTime time, Func<TimeSpan> skew) : TimeProvider
{
    public bool IsKilled { get; set; }

    public override long TimestampFrequency => time.TimestampFrequency;

    public override long GetTimestamp() => time.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => time.GetUtcNow() + skew();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        time.CreateTimer(
            value =>
            {
                if (!IsKilled)
                {
                    callback(value);
                }
            },
            state,
            dueTime,
            period);
}
