namespace Lightport.Routing.State;

/// <summary>What a breaker remembers of a call that it let pass.</summary>
/// <param name="Opening">How often the breaker had opened when the call began: an older call tells nothing new.</param>
/// <param name="IsProbe">It is the one call that shows whether the target is back.</param>
internal readonly record struct BreakerPass(int Opening, bool IsProbe);
