namespace Lightport.Storage;

/// <summary>Which usage is asked for.</summary>
/// <param name="From">The first day, UTC.</param>
/// <param name="To">The last day, UTC, included.</param>
/// <param name="KeyId">One key; null for all.</param>
public sealed record UsageQuery(DateOnly From, DateOnly To, string? KeyId = null);
