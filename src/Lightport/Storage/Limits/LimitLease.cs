namespace Lightport.Storage;

/// <summary>What one instance has taken until a moment of the store's own time.</summary>
/// <param name="Holder">The process; no two share one. Letters and digits.</param>
/// <param name="Amount">In the counter's unit; above zero.</param>
public readonly record struct LimitLease(string Holder, long Amount, DateTimeOffset ExpiresAt);
