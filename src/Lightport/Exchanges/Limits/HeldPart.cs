using Lightport.Limits;

namespace Lightport.Exchanges.Limits;

/// <summary>A part of a counter that is held, and what became of it.</summary>
/// <param name="Asked">What was asked for at first, in the counter's unit.</param>
internal readonly record struct HeldPart(LimitHold Hold, LimitCounter Counter, long Asked)
{
    public LimitMeasure Measure => Counter.Measure;

    /// <summary>What counts of it by now: what was used, or, before that is known, what is held.</summary>
    public long Counted => Used ?? Hold.Held;

    /// <summary>What was used of it; null before that is known.</summary>
    public long? Used { get; init; }
}
