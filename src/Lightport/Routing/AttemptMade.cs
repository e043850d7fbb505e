namespace Lightport.Routing;

/// <summary>An attempt that is decided.</summary>
/// <param name="Took">How long that took.</param>
internal readonly record struct AttemptMade<T>(AttemptStep Step, AttemptOutcome<T> Outcome, TimeSpan Took);
