namespace Lightport.Limits;

/// <summary>What came of the wish to hold a part of a counter.</summary>
/// <param name="Hold">Null where there is not enough left.</param>
/// <param name="Left">What is left after it, as far as this instance knows, in the counter's unit.</param>
/// <param name="ResetsAt">When the counter begins anew; null where it does not.</param>
internal readonly record struct LimitGrant(LimitHold? Hold, long Left, DateTimeOffset? ResetsAt)
{
    /// <summary>Nobody could say how much is left: the counter's own choice was taken.</summary>
    public bool IsUnknown { get; init; }
}
