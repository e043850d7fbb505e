namespace Lightport.Routing.State;

/// <summary>A target that is best left alone, as one instance found out.</summary>
/// <param name="OpenedAt">When it opened its breaker.</param>
/// <param name="Until">When the target may be probed again.</param>
internal sealed record OpenBreaker(TargetKey Target, DateTimeOffset OpenedAt, DateTimeOffset Until);
