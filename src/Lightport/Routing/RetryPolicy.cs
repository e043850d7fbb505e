namespace Lightport.Routing;

/// <summary>Which failures are tried again at the same target before the next, and how often.</summary>
public sealed record RetryPolicy
{
    public static RetryPolicy Default { get; } = new();

    /// <summary>All attempts at one target, the first included.</summary>
    public int Attempts { get; init; } = 2;

    /// <summary>
    /// Statuses that are tried again (a provider's own <c>x-should-retry</c> overrules). Left alone they are those that
    /// say the request was not worked on: any other may have been, and be billed, and is not sent there twice.
    /// </summary>
    public IReadOnlySet<int> Statuses { get; init; } = new HashSet<int> { 429, 503, 529 };

    /// <summary>Whether a connection that never came about is tried again: nothing of the request went out.</summary>
    public bool Connect { get; init; } = true;

    /// <summary>
    /// Whether an attempt that timed out is tried again, though the provider has read it and may still work on it.
    /// </summary>
    public bool Timeout { get; init; }

    /// <summary>The first pause; each later one doubles, with full jitter.</summary>
    public TimeSpan BaseDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// The longest pause, and the longest <c>retry-after</c> that is waited for instead of moving on.
    /// </summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The pause after so many failed attempts: anywhere from nothing to the doubled base, never over the longest.
    /// </summary>
    /// <param name="failed">From 1.</param>
    /// <param name="random">From 0 up to 1.</param>
    internal TimeSpan Pause(int failed, double random)
    {
        double longest = Math.Min(MaxDelay.TotalMilliseconds, BaseDelay.TotalMilliseconds * Math.Pow(2, failed - 1));
        return TimeSpan.FromMilliseconds(longest * random);
    }
}
