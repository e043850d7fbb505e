namespace Lightport.Routing;

/// <summary>Which attempt this is.</summary>
/// <param name="Number">Counted over all targets, from 1.</param>
/// <param name="AtTarget">Counted at this target, from 1.</param>
/// <param name="Remaining">What is left of the whole request's time.</param>
internal readonly record struct AttemptInfo(int Number, int AtTarget, TimeSpan Remaining);
