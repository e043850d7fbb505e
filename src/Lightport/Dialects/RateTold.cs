namespace Lightport.Dialects;

/// <summary>What a client is told of a rate that the gateway holds it to.</summary>
/// <param name="Unit"><c>requests</c> or <c>tokens</c>, as headers call it.</param>
/// <param name="Most">How many a minute.</param>
/// <param name="Left">How many of them are left.</param>
/// <param name="ResetsAt">When the next minute begins.</param>
public readonly record struct RateTold(string Unit, long Most, long Left, DateTimeOffset ResetsAt);
