using Lightport.Routing.State;

namespace Lightport.Routing;

/// <summary>Where a request is tried next.</summary>
/// <param name="Call">The call that its target's breaker let pass.</param>
/// <param name="Pause">How long to wait before.</param>
internal readonly record struct AttemptStep(Target Target, TargetCall Call, TimeSpan Pause);
