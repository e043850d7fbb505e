using Lightport.Limits;

namespace Lightport.Exchanges.Limits;

/// <summary>What was left of a rate when a part of it was asked for, and what became of that part.</summary>
/// <param name="LeftThen">What was left after it, in the counter's unit.</param>
/// <param name="From">Where the part is held; null where none is.</param>
/// <param name="Index">Which part of those it is.</param>
internal readonly record struct RateNoted(
    LimitCounter Counter, long LeftThen, DateTimeOffset ResetsAt, HoldList? From, int Index)
{
    /// <summary>What is left by now: what the request has given back of its part is left again.</summary>
    public long Left => Math.Clamp(LeftThen + GivenBack, 0, Counter.Most);

    private long GivenBack => From is null ? 0 : From.All[Index].Asked - From.All[Index].Counted;
}
