using Lightport.Routing.State;

namespace Lightport.Routing;

/// <summary>When a second target is asked beside a first that is slow.</summary>
/// <param name="After">After so long without an answer; null for longer than 95 % of the target's answers took.</param>
public sealed record HedgePolicy(TimeSpan? After)
{
    internal const double Share = 0.95;

    /// <summary>How many of the requests may be hedged; null where only the retry budget says it.</summary>
    internal HedgeShare? Most { get; init; }

    /// <summary>Null where it is not known yet what is long for this target.</summary>
    internal TimeSpan? DelayAt(TargetState target, bool stream) => After ?? target.Longest(Share, stream);
}
