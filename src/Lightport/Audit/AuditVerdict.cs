namespace Lightport.Audit;

/// <summary>What a chain of audit records has been found to be.</summary>
/// <param name="Records">How many are sound, up to the first that is not.</param>
/// <param name="Broken">The first place that is broken, and how; null where all is sound.</param>
/// <param name="Notes">What is not wrong and should be known.</param>
public sealed record AuditVerdict(long Records, string? Broken, IReadOnlyList<string> Notes);
