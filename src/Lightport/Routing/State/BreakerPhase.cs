namespace Lightport.Routing.State;

/// <summary>What a circuit breaker does with the next call.</summary>
public enum BreakerPhase
{
    /// <summary>Every call is made.</summary>
    Closed,

    /// <summary>The target is asked only where no other is left.</summary>
    Open,

    /// <summary>One call at a time is made, to see whether the target is back.</summary>
    HalfOpen,
}
