namespace Lightport.Routing.State;

/// <summary>When a target's breaker opens, and for how long. A route says it; the breaker is the target's.</summary>
public sealed record BreakerPolicy
{
    public static BreakerPolicy Default { get; } = new();

    /// <summary>So many failures in a row open it.</summary>
    public int Failures { get; init; } = 5;

    /// <summary>
    /// A failure that comes later than this after the one before is the first of a new row; the ratio counts the calls
    /// of this time.
    /// </summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long it stays open at least; a quarter more at most, so that instances do not come back as one.
    /// </summary>
    public TimeSpan Open { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The share of calls, from 0 to 1, whose failure opens it too; null where only a row does.</summary>
    public double? Ratio { get; init; }

    /// <summary>Of fewer calls within the window no ratio is taken.</summary>
    public int Minimum { get; init; } = 20;
}
