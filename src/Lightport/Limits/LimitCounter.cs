namespace Lightport.Limits;

/// <summary>One limit for one subject: what all instances together count up to, and no further.</summary>
/// <param name="Limit">The limit's name, as configured.</param>
/// <param name="Subject">Whose use is counted, as <c>key:1f2e…</c> or <c>model:gpt-5</c>.</param>
/// <param name="Most">In the measure's own unit.</param>
internal sealed record LimitCounter(
    string Limit, string Subject, LimitMeasure Measure, LimitPeriod Period, long Most)
{
    /// <summary>Whether requests are let in while nobody can say how much is left.</summary>
    public bool OpenWhenUnknown { get; init; }
}
