namespace Lightport.Limits.Leases;

/// <summary>How long things are, of all that an instance does with its leases.</summary>
internal static class LeaseTerms
{
    /// <summary>How much of its demand an instance takes ahead: what it will ask for in so long.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromSeconds(10);

    /// <summary>A lease that will not last so long is filled up before it is empty.</summary>
    public const double LowSeconds = 1.2;

    /// <summary>The next window's lease is taken at some moment of the last seconds before it.</summary>
    public static readonly TimeSpan BeforeWindow = TimeSpan.FromSeconds(10);

    /// <summary>In the last seconds of a window what is free is hardly asked for any more where it is.</summary>
    public static readonly TimeSpan NearEnd = TimeSpan.FromSeconds(15);

    /// <summary>After so long without a request, what is not held is given back.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromSeconds(2);

    /// <summary>The same where there is plenty for all.</summary>
    public static readonly TimeSpan LongIdle = TimeSpan.FromSeconds(10);

    /// <summary>After so long without a request, the counter is forgotten.</summary>
    public static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(1);

    /// <summary>How long a request waits for the store before nobody can say how much is left.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>A store that has been silent for so long may be away.</summary>
    public static readonly TimeSpan Prompt = TimeSpan.FromSeconds(1);

    /// <summary>
    /// What runs at the same time is taken for so long, and returns by itself where its instance was killed.
    /// </summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    /// <summary>How often that is said again.</summary>
    public static readonly TimeSpan Renewal = TimeSpan.FromSeconds(20);

    /// <summary>How long it may be unsure which window it is before the store is asked for its time.</summary>
    public static readonly TimeSpan Unsure = TimeSpan.FromMilliseconds(40);

    /// <summary>A timer may be early by its own fineness.</summary>
    public static readonly TimeSpan Later = TimeSpan.FromMilliseconds(1);

    /// <summary>How often leases are looked after.</summary>
    public static readonly TimeSpan Round = TimeSpan.FromSeconds(1);
}
